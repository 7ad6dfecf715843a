"""What may go wrong, how grave it would be, and what is done about it."""
