"""Disagreements of the cities, on the agreed way with its clocks."""
