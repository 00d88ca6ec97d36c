"""三务公开: what a village must make known, when, checked by whom, and what people ask about it."""
