"""Settings, addresses and the `huilian` command: what holds the house together."""
