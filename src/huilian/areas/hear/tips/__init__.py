"""「信访举报」 What people report of officials: sealed, read by few, on the clocks of the rules, never carried to
whom it names."""
