"""The story of who answers for it."""
