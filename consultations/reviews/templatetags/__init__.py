"""Tags of annual reviews."""
