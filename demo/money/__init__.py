"""A year of books for every village of 安澜县, and what in them is not as it should be."""
