"""What people do with a village's money and things."""
