"""What is counted side by side: a key that never changes, its name, and how it is counted."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.enums import Channel
from partnership.people.enums import OrganisationKind


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the board."""

    key: str
    name: Any
    how: Any = ""
    #: Whether public pages tell how many there are in all places together, elsewhere too.
    whole_is_told: bool = False


#: Of people: kept back where there are few, and set against the residents of a city.
OF_PEOPLE = (
    Measure(
        "people",
        _("People who took part"),
        _(
            "Everybody who answered, voted, commented, proposed a statement or had a place at an"
            " event, once in a year, for the city they lived in then. Every sheet of paper is"
            " a person."
        ),
    ),
    Measure(
        "places",
        _("Places taken"),
        _("At public events of the year that were not called off; groups count with everybody."),
        whole_is_told=True,
    ),
    Measure(
        "places_used",
        _("Places used"),
        _("Of these, people who were let in at the door. Nobody knows where no list was kept."),
        whole_is_told=True,
    ),
    Measure(
        "forms",
        _("Forms filled in"),
        _("On this site and on paper. Anonymous ones count from the close of a consultation."),
    ),
    Measure("votes", _("Votes on statements"), _("On statements that readers see.")),
    Measure(
        "comments",
        _("Comments"),
        _("Those that readers see, and the notes of sessions."),
        whole_is_told=True,
    ),
    Measure(
        "statements",
        _("Statements proposed"),
        _("By residents, and published; not those of city staff."),
        whole_is_told=True,
    ),
)
#: Of what stands on public pages anyway.
PUBLIC = (
    Measure(
        "promises",
        _("Promises led"),
        _("On the roadmap of the year; one that several cities lead counts for each of them."),
    ),
    Measure("promises_kept", _("Promises kept"), _("Of these, those that are done.")),
    Measure(
        "events",
        _("Events held"),
        _("With a venue in the city, and over; those without a venue in any stand elsewhere."),
    ),
    Measure(
        "answer_days",
        _("Days until an official answer (median)"),
        _(
            "From the close of a consultation to the day on which the answers were published, by"
            " the city that leads it and the year of the answers. Half of them took longer."
        ),
    ),
)
#: How the forms, comments and statements of a city came in.
WAYS = (
    Measure("way:web", _("on this site")),
    Measure("way:code", _("with a code from the city")),
    Measure("way:paper", Channel.PAPER.label),
    Measure("way:session", Channel.SESSION.label),
)
#: For whom they were written.
VOICES = (
    Measure("voice:person", _("for themselves")),
    *(Measure(f"voice:{kind.value}", kind.label) for kind in OrganisationKind),
)
#: What the parts are parts of.
IN_WORDS = ("forms", "comments", "statements")
#: The lines that are drawn, too.
DRAWN = ("people", "places", "forms")
EVERY = {each.key: each for each in (*OF_PEOPLE, *PUBLIC, *WAYS, *VOICES)}
