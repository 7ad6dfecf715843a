"""Who is in charge and whom to write to: committees, contacts and mediators."""
