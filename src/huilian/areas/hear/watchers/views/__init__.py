"""Pages of the network on the desk."""
