"""Places at events."""
