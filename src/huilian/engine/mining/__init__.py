"""Event logs from outside and of our own: read, judged by a procedure, and drawn as the process they show."""
