"""Tags of money, indicators and milestones."""
