"""The cities side by side."""
