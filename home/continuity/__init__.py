"""The bond between the cities: what it rests on, how it stands, and what keeps it alive."""
