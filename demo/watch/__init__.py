"""The story of money and works beyond the books."""
