"""Everything a person can do here, by part; callers import the part they need."""
