"""What is read of campaigns and conduct."""
