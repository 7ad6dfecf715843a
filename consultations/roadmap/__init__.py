"""Promises, where they came from and what became of them."""
