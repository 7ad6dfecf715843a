"""Screens of the admin: the queue of comments, and the statements."""
