"""How a promise is kept: what it costs in each city's money, what it changes, and when."""
