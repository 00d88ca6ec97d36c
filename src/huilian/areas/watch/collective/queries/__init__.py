"""What is read of a village's money and things."""
