"""The villagers' face: say something, follow it, know where to go. Phone first; the same pages on a touch screen."""
