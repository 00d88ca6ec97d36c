"""民生热线: citizens' matters taken in, sent out, answered in time, called back, counted honestly."""
