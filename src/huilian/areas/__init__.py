"""The county's work, grouped by what it is for: watch, power, hear, serve, answer."""
