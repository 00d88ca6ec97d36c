"""Template library of the public pages."""
