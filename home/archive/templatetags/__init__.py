"""Tags of debriefs."""
