"""Two people who change one thing at a time, and one who sends a form twice."""
