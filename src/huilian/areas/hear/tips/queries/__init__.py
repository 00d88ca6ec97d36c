"""Reading tips. Whoever is not of the team, or must step back, is given nothing."""
