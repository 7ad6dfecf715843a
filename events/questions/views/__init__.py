"""The pages of live questions."""
