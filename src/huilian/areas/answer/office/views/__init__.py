"""The pages of talks and offices."""
