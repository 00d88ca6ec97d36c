"""廉政风险防控: where power can be misused, how high the risk is, what stands against it, and what came of a signal."""
