"""What an event leaves behind: who came, what was said, what was decided."""
