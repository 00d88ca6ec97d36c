"""What may be read of electronic supervision. Rows are narrowed by the posts of the reader."""
