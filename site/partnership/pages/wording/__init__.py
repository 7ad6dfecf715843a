"""How the languages of a text keep in step: what is missing, what is out of date, what goes out."""
