"""What a reader sees of consultations, in a number of queries that never grows."""
