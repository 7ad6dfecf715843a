"""The page in all partner languages that every page type builds on."""
