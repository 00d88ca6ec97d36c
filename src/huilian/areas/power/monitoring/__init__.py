"""电子监察: running cases watched, breaches answered, units evaluated, penalties within bands, logs from outside judged."""
