"""The front page, standard pages and stories."""
