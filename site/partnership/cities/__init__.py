"""The cities that residents belong to."""
