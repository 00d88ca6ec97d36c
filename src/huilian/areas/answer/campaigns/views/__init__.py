"""Pages of campaigns and conduct."""
