"""How the acts of this area read in a history."""
