"""「预警」 Alerts of clocks and of rules: one model, one life, the right of reply before anything counts."""
