"""The chips that lead from a commitment to the words and meetings it answers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.roadmap.enums import Disposition
from partnership.pages.languages import active

if TYPE_CHECKING:
    from consultations.roadmap.models import EvidenceLink

ICONS = {
    "statement": "chat",
    "contribution": "chat",
    "question": "chat",
    "event": "plan",
    "consultation": "people",
}


def chain(links: Iterable["EvidenceLink"]) -> list[dict[str, Any]]:
    """One chip per link: icon, label, url, in the reader's language."""
    return [
        {"icon": ICONS[link.kind], "label": label(link), "url": target_url(link)} for link in links
    ]


def label(link: "EvidenceLink") -> str:
    """What is cited; said with what became of it, unless it was simply adopted."""
    words = _words(link)
    if link.disposition == Disposition.ADOPTED:
        return words
    return _("%(cited)s (%(disposition)s)") % {
        "cited": words,
        "disposition": link.get_disposition_display().lower(),
    }


def _words(link: "EvidenceLink") -> str:
    target = link.target
    if link.kind in {"event", "consultation"}:
        return target.title
    consultation = target.consultation.title
    if link.kind == "statement":
        return _("%(consultation)s: statement %(number)s") % {
            "consultation": consultation,
            "number": target.number,
        }
    if link.kind == "question":
        return _("%(consultation)s: a question") % {"consultation": consultation}
    if target.is_idea:
        return _("%(consultation)s: an idea") % {"consultation": consultation}
    return _("%(consultation)s: a comment") % {"consultation": consultation}


def target_url(link: "EvidenceLink") -> str:
    """Where readers find it, down to the very sentence."""
    target = link.target
    if link.kind in {"event", "consultation"}:
        return target.get_url()
    if link.kind == "contribution":
        return comment_url(target)
    return f"{target.consultation.get_url()}#{target.anchor}"


def comment_url(contribution: Any) -> str:
    """A comment may stand on any page of a long conversation; the consultation finds it."""
    slug = contribution.consultation.slug_in(active())
    place = reverse("consultation_comment_place", args=(slug, contribution.pk))
    return f"{place}#{contribution.anchor}"
