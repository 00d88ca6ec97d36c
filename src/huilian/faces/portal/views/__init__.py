"""The pages, one file for each thing a villager comes for."""
