"""Questions and options stay themselves through drafts, old versions and publishing.

What is added to a live page lies in the draft without a key, gets one when it is published,
and lies in the next draft without a key again. Publishing that draft would make a new row and
take the old one away, with everything people answered. So before a page is saved, what has no
key is recognised by its identifier or its wording, and what was answered is never left out.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from partnership.pages.languages import field_names

#: What decides what an answer means, whatever the words.
SENSE = (
    *("type", "identifier", "shown_if"),
    *("scale_min", "scale_max", "number_min", "number_max"),
    *("budget", "currency", "fewest_projects", "exchange_rate", "rate_currency", "rate_on"),
)
#: The same of an option: what a project costs, and where it happens.
SENSE_OF_OPTIONS = ("cost", "city_id", "neighbourhood_id")


def keep_identities(page: Any) -> None:
    """Give the page's questions and options the keys they are stored under."""
    questions = page._meta.get_field("questions").related_model.objects
    own = questions.filter(consultation_id=page.pk)
    stored = list(own.prefetch_related("options"))
    left_out = _adopt(page.questions.all(), stored, wording="text")
    answered = answered_among(own) if stored else set()
    for question in page.questions.all():
        known = next((entry for entry in stored if entry.pk == question.pk), None)
        if known is not None:
            options = list(known.options.all())
            missing = _adopt(question.options.all(), options, wording="label")
            if known.pk in answered:
                _ask_as_before(question, known, missing)
    kept = [question for question in left_out if question.pk in answered]
    if kept:
        page.questions.add(*kept)


def promised(page: Any) -> bool | None:
    """Whether people were told that they answer anonymously; None while nobody has answered."""
    answered = type(page).objects.filter(pk=page.pk, responses__isnull=False)
    told: bool | None = answered.values_list("is_anonymous", flat=True).first()
    return told


def keep_promise(page: Any) -> None:
    """What people were told when they answered stays true, whatever version is published."""
    told = promised(page)
    if told is not None:
        page.is_anonymous = told
    if page.is_anonymous:
        page.drafts.all().delete()


def answered_among(questions: QuerySet) -> set[int]:
    """The keys of those that somebody has answered: of each one answer is looked for, not all."""
    answers = questions.model._meta.get_field("answers").related_model.objects
    found = questions.filter(Exists(answers.filter(question=OuterRef("pk"))))
    return set(found.order_by().values_list("pk", flat=True))


def _ask_as_before(question: Any, known: Any, missing: list[Any]) -> None:
    """An older version brings back its words, never another sense of what was answered."""
    for name in SENSE:
        setattr(question, name, getattr(known, name))
    question.allows_other = question.allows_other or known.allows_other
    stored = {option.pk: option for option in known.options.all()}
    for option in question.options.all():
        for name in SENSE_OF_OPTIONS if option.pk in stored else ():
            setattr(option, name, getattr(stored[option.pk], name))
    if missing:
        question.options.add(*missing)


def _adopt(children: Iterable[Any], stored: list[Any], *, wording: str) -> list[Any]:
    """Give keys to children that have none; return what is stored and not among them."""
    children = list(children)
    kept = {child.pk for child in children if child.pk}
    free = [entry for entry in stored if entry.pk not in kept]
    for child in children:
        match = None if child.pk else next((e for e in free if _same(child, e, wording)), None)
        if match is not None:
            child.pk, child.identifier = match.pk, match.identifier
            free.remove(match)
    return free


def _same(child: Any, stored: Any, wording: str) -> bool:
    """The same identifier; before it has one, the same words in one language."""
    if child.identifier:
        return child.identifier == stored.identifier
    return any(
        getattr(child, name) and getattr(child, name) == getattr(stored, name)
        for name in field_names(wording)
    )
