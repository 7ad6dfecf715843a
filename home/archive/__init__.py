"""What the cities learn from what they did together."""
