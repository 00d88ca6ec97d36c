"""Plain Python that knows no Django: time by law, codes, masking, hashing, money."""
