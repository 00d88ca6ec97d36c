"""What may be read of offices and talks."""
