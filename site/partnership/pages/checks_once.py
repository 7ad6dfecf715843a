"""What a table must never hold is asked once for the same values, not once in each row of a form.

Django asks the database about every constraint of every row, in a savepoint each: a consultation
of twelve questions and forty-eight options asked three hundred times, nearly always the same.
"""

from collections.abc import Hashable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from partnership.pages.choices_once import once


def keep_answers() -> None:
    """Teach it to all constraints; called once, when the apps are ready."""
    theirs = Q.check

    def check(self: Q, against: dict[str, Any], using: str = DEFAULT_DB_ALIAS) -> bool:
        key = _key(self, against, using)
        if key is None:
            return theirs(self, against, using)
        answer: bool = once(key, lambda: theirs(self, against, using))
        return answer

    Q.check = check  # type: ignore[method-assign]  # in place of Django's, on purpose


def _key(condition: Q, against: dict[str, Any], using: str) -> Hashable | None:
    """What the answer depends on; None where a value is more than a value."""
    names = sorted(condition.referenced_base_fields)
    try:
        values = tuple((name, type(against[name].value), against[name].value) for name in names)
        key = ("check", using, condition, values)
        hash(key)
    except (AttributeError, KeyError, TypeError):  # a formula, a column left out, a list
        return None
    return key
