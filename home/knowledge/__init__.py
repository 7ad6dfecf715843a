"""What the cities know by now: practices, the cases they stand on, and rules side by side."""
