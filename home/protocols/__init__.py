"""How the cities do things together: protocols in versions that every city signs."""
