"""Drills: what is ticked on the day, what was seen, and what is corrected afterwards."""
