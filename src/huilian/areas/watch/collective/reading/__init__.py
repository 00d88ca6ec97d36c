"""What files from outside mean: statements of banks, budgets, vouchers."""
