"""「时限」 Legal clocks: recomputed from their events, coloured by one comparison, explained day by day."""
