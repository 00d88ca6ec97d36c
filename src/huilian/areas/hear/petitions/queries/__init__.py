"""What may be read of petitions. No function here groups, counts or looks up by who handed a petition in."""
