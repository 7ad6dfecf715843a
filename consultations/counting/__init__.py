"""How votes are counted, told to everybody with the formulas and an example worked by them."""
