"""Who speaks for a partner: given by staff, taken on by whoever it is, ended by either side."""
