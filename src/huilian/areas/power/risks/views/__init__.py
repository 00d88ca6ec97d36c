"""Pages of integrity risks on the desk."""
