"""What pages of events show about places."""
