"""What can be read of works."""
