"""What people wrote, read by people: themes, who says what belongs to them, how far they agree."""
