"""电子监察: cases watched while they run, breaches answered, units evaluated, logs from outside judged."""
