"""The annual review: a year is looked back on before the next one is promised."""
