"""How a code is written, and read again as people type it."""

import secrets
import unicodedata

#: One sign of each family that looks alike, and no vowels: they would make words.
ALPHABET = "23456789CDFHJKMNPRTVWXY"
LENGTH, IN_A_GROUP = 12, 4
#: What people write for a sign that looks like it.
LOOK_ALIKES = str.maketrans({"0": "D", "O": "D", "Q": "D", "U": "V", "Z": "2", "S": "5"})
LOOK_ALIKES |= str.maketrans({"G": "6", "B": "8", "I": "J", "L": "J", "1": "J"})
#: More than anybody types by mistake.
LONGEST_TYPED = 60


def new_code() -> str:
    """Return a code by chance: 23 to the power of 12, so that nobody finds one by trying."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def written(code: str) -> str:
    """The code in groups, as it is printed: K7TM-4XRD-9CHP."""
    return "-".join(code[start : start + IN_A_GROUP] for start in range(0, LENGTH, IN_A_GROUP))


def read(typed: str) -> str:
    """Return the code somebody meant; empty when it can be none.

    Small letters, hyphens, spaces and signs that look alike are forgiven.
    """
    signs = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper().translate(LOOK_ALIKES)
    code = "".join(sign for sign in signs if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
