"""Who signs in: accounts, passwords, second factor, lock-out."""
