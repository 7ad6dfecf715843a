"""Who else carries the partnership: universities, schools, conveners that take no side."""
