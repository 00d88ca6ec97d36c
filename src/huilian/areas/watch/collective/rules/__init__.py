"""The pure part: balances, numbers, schedules, limits. Knows nothing of the database."""
