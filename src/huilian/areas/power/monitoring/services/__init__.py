"""What the monitoring centre does."""
