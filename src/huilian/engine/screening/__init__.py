"""「筛查」 Documented datasets, rules as SQL files, and what they find."""
