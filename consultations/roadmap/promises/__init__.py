"""Promises that readers know: changed for a reason, signed by every city, told under each."""
