"""What is read of the exchange."""
