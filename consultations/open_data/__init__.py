"""What was said in a closed consultation, for everybody to download."""
