"""What templates say about ambassadors."""
