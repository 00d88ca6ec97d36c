"""「编号」 Business numbers without gaps: prefix, day, running number."""
