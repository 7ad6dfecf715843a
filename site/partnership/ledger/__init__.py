"""Two keys: what counts is signed once for every city, by different people, and stays on record."""
