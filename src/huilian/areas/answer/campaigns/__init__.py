"""专项整治与作风: campaigns with their problem base, and the conduct of people in office."""
