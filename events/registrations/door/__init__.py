"""At the door: who may come in, who is in, and who did not come."""
