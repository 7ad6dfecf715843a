"""Residents' words in every partner language, and whose translation one reads."""
