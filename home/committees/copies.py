"""Which roles somebody holds, in the copy of their own data."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.committees.models import Contact
from partnership.people.copies import Held
from partnership.people.models import Participant


def _held_by(participant: Participant) -> Q | None:
    account = participant.resident_id
    return Q(primary=account) | Q(deputy=account) if account else None


CONTACTS = Held(
    model=Contact,
    of=_held_by,
    # A column for each language tells the role; the names are those of others.
    without=("role", "wording", "primary_name", "deputy_name"),
    title=_("roles you hold"),
)
