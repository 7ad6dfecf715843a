"""Settings: base for all, then one module per way of running the site."""
