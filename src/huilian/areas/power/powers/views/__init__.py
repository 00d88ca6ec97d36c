"""Pages of the lists at the desk."""
