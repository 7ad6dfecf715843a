"""Residents who were there answer those who think about going."""
