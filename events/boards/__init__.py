"""The boards of a charrette: drawings to look at, to talk about and to vote on."""
