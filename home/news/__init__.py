"""News by mail, for whoever asked for it."""
