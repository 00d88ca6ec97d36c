"""What can be read of integrity risks, narrowed to whom it concerns."""
