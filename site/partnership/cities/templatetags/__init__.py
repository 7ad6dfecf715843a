"""What templates show of a city."""
