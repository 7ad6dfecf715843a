"""What changes about decisions: appeals, reports that add up, removal for good, forgetting."""
