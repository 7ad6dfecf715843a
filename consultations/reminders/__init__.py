"""What is late in the life of a consultation, told once to the staff who can do something."""
