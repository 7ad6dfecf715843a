"""Who took part hears what becomes of it."""
