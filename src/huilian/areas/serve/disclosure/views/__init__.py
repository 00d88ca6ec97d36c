"""The desk of disclosure: what must be published, one item, a township at a glance."""
