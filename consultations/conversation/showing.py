"""What else readers see of one's own words, changed at one press: the name, the place."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from consultations.conversation.forms import NAMES
from consultations.conversation.services import show_name, take_off_the_map
from consultations.models import Contribution
from partnership.people.models import Participant

NAME, PLACE = "name", "off_the_map"


def is_asked(given: QueryDict) -> bool:
    """Whether one of these buttons was pressed."""
    return given.get(NAME) in NAMES or PLACE in given


def change(given: QueryDict, contribution: Contribution, *, participant: Participant) -> str:
    """Do what the button says, and return what to tell about it."""
    if PLACE in given:
        take_off_the_map(contribution, participant=participant)
        return _("The pin is gone. Nobody sees the place any more.")
    is_shown = NAMES[str(given[NAME])]
    show_name(contribution, participant=participant, is_shown=is_shown)
    return _("Readers see your name.") if is_shown else _("Readers do not see your name.")
