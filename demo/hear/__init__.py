"""What people say: petitions, tips, what watchers report; and the keys of those who read what is sealed."""
