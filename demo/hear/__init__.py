"""What people say: petitions."""
