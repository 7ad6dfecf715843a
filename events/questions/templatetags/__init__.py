"""What other pages show of live questions."""
