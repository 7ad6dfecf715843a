"""The pages of appeals, removals and the public log."""
