"""Tags of case studies."""
