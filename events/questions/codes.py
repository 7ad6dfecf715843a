"""The short code on the wall of an event: who knows it is in one of the halls."""

import secrets

#: No vowels, so that no code is a word; no Y, which some languages count as one.
SIGNS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 6


def new_code() -> str:
    """Return six letters made by chance."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def tidy(typed: str) -> str:
    """Return a code as it is stored: however it was grouped, in capitals or not."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[: LENGTH * 2]


def in_groups(code: str) -> str:
    """Return it as people read it out: two groups of three."""
    return f"{code[:3]} {code[3:]}"
