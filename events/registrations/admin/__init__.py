"""What staff do with places: give them by hand, write to people, take the list along."""
