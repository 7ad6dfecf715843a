"""What a session on the spot leaves in a consultation: the notes and drawings of an event."""
