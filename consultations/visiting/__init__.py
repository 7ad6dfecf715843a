"""Taking part without an account, with an address that is confirmed by a code."""
