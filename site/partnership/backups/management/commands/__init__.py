"""Commands that copy everything and put it back."""
