"""流程与办件: versioned procedures as data, and the cases that run along them."""
