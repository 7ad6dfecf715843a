"""What residents propose in their own words: written, supported, read in either language."""
