"""Tags of consultations for other rooms' pages."""
