"""For whom somebody speaks, and whether readers see their name."""
