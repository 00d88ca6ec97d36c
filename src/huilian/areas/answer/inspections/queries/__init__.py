"""What may be read of inspections. Rows are narrowed by posts, and by authorities that end by themselves."""
