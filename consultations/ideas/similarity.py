"""Which ideas say much the same: their titles compared, in the language somebody writes in."""

from typing import Any

from consultations.models import ConsultationPage, Contribution
from consultations.models.ideas import title_of
from consultations.proposals.similarity import ALIKE, MOST_SHOWN, likeness
from partnership.pages.languages import active

#: So many of the newest are compared, which takes a tenth of a second at most.
COMPARED = 2000


def similar_ideas(
    consultation: ConsultationPage, title: str, *, language_code: str
) -> list[Contribution]:
    """Return the published ideas whose title is most like this one; two queries.

    Of an idea in another language the translation counts, where there is one. They come with
    the translation into the language being read.
    """
    published = consultation.contributions.published().ideas().of_residents()
    rows: Any = published.with_translation_into(language_code).order_by("-pk")  # annotated
    scored = []
    for pk, own, code, translated in rows.values_list(
        "pk", "title", "language_code", "translated_text"
    )[:COMPARED]:
        words = own if code == language_code else title_of(translated or "")
        scored.append((likeness(title, words), pk))
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), reverse=True)[:MOST_SHOWN]
    keys = [pk for _score, pk in alike]
    found = published.filter(pk__in=keys).with_translation_into(active())
    return sorted(found, key=lambda idea: keys.index(idea.pk))
