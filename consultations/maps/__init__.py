"""A picture of each city on which a place can be pressed, and where that place is."""
