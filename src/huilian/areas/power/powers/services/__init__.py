"""What a person can do to the lists. Nothing else writes."""
