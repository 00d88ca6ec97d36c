"""Pages of electronic supervision."""
