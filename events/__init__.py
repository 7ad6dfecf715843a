"""Exchanges, festivals and charrettes."""
