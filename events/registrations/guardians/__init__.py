"""A guardian's own consent: what they are asked, and until when a place is held for it."""
