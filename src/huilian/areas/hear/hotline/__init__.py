"""民生热线: citizens' matters taken in, sent to the unit that answers, answered in time, called back, counted honestly."""
