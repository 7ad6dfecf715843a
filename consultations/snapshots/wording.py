"""What was asked, in every language: the cities' own words, so that figures can be read alone.

Statements are not among them. Many are residents' words, and any of them can be removed for good;
what is frozen can not. They are read beside it, in the open data, by their numbers.
"""

from collections import defaultdict
from typing import Any

from django.utils import translation

from consultations.models import Question
from consultations.question_results import countable
from partnership.pages.languages import CODES, localized


def wording_of(question: Question) -> dict[str, Any]:
    """Return the wording of a question and of all that can be chosen, by their identifiers."""
    options: dict[str, dict[str, str]] = defaultdict(dict)
    for code in CODES:
        with translation.override(code):
            for choice, label in countable(question):
                options[choice][code] = str(label)
    wording = {code: getattr(question, localized("text", code)) or "" for code in CODES}
    return {"wording": wording, **({"option_wording": dict(options)} if options else {})}
