"""Pages of deciding: what is under way, bringing up, calling, and the room."""
