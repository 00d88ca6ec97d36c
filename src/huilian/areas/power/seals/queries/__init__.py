"""What may be read of seals. Rows are narrowed by the posts of the reader."""
