"""Codes to show at the door: typed by hand, read aloud, scanned."""

import re
import secrets
from collections.abc import Callable, Sequence

#: Letters and digits that nobody mixes up when reading a code aloud in either language.
CODE_ALPHABET = "ACDEFHJKLMNPRTWXY3479"
RANDOM_SIGNS = 7
CODE_LENGTH = RANDOM_SIGNS + 1
#: What a code is at most, in the table and when somebody types it.
LONGEST_CODE = 12
#: The number that brings twice the check sign back to once: 2 * 11 = 22 = 1 modulo 21.
HALF = 11


def new_code(choice: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Return a code to show at the door: 7 signs by chance, 1.8 thousand million of them.

    The last sign follows from the others, so that a slip of the finger is told at once.
    """
    signs = "".join(choice(CODE_ALPHABET) for _position in range(RANDOM_SIGNS))
    return signs + check_sign(signs)


def check_sign(signs: str) -> str:
    """Return the sign that makes the weighted sum, weights 1 and 2 in turn, a multiple of 21.

    Both weights and their difference have no divisor in common with 21, so that one wrong
    sign and two neighbours that changed places never go unnoticed.
    """
    total = sum(CODE_ALPHABET.index(sign) * (1 + place % 2) for place, sign in enumerate(signs))
    return CODE_ALPHABET[-total * HALF % len(CODE_ALPHABET)]


def is_well_formed(code: str) -> bool:
    """Whether it can be a code of ours: the length, the signs, and the last one of them."""
    has_our_signs = len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    return has_our_signs and check_sign(code[:-1]) == code[-1]


def tidy(typed: str) -> str:
    """Return the code in what somebody typed or a scanner read: a whole address, small letters."""
    last = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[^A-Z0-9]", "", last.upper())[: LONGEST_CODE + 1]


def in_groups(code: str) -> str:
    """Return the code as people read it: ACDE-FHJK."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}" if len(code) == CODE_LENGTH else code
