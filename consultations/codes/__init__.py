"""Codes on paper: who has one takes part for the city that gave it out."""
