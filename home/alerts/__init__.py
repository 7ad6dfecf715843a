"""What everybody must know at once, and the ways the city halls reach each other by."""
