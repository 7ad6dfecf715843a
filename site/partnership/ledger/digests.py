"""The one way to write something down so that its digest can be computed again anywhere."""

import json
from hashlib import sha256
from typing import Any

#: What stands in place of a digest where nothing was before.
FIRST = "0" * 64
#: What canonical JSON may hold. No fractions: their spelling differs between languages.
PLAIN = (str, bool, int, type(None))


def canonical(content: Any) -> bytes:
    """Return the content as JSON in UTF-8: keys in order, no blanks, nothing escaped needlessly.

    It equals RFC 8785 for what is allowed here: texts, whole numbers, true, false, null,
    lists, and dictionaries whose keys are ASCII. Raises TypeError for anything else.
    """
    _refuse_what_has_no_single_spelling(content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def digest_of(content: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical(content)).hexdigest()


def _refuse_what_has_no_single_spelling(content: Any) -> None:
    if isinstance(content, dict):
        for key, value in content.items():
            if not (isinstance(key, str) and key.isascii()):
                raise TypeError(f"A key of signed content is ASCII text, not {key!r}.")
            _refuse_what_has_no_single_spelling(value)
    elif isinstance(content, list):
        for value in content:
            _refuse_what_has_no_single_spelling(value)
    elif not isinstance(content, PLAIN):
        raise TypeError(f"{type(content).__name__} has no single spelling to sign.")
