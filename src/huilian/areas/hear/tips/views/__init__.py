"""Pages of the tip desk, for those of a team; and numbers for those who see numbers only."""
