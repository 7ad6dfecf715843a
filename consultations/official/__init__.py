"""What the cities answer: prepared together, signed by each, published together, told once."""
