"""Tags of programmes and campaigns."""
