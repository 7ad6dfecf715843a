"""Residents, their accounts, and whoever takes part."""
