"""What moderation knows of a person goes with the person; what was decided stays counted."""

from django.db import transaction
from django.db.models import Q

from consultations.moderation.models import Appeal
from consultations.moderation.querysets import TARGETS
from partnership.people.models import Participant


@transaction.atomic
def forget_person(participant: Participant) -> int:
    """Erase what this person wrote in appeals, and what they were answered; return how many.

    Decisions and removals hold neither words nor names of residents.
    """
    own = Q()
    for name in TARGETS:
        own |= Q(**{f"decision__{name}__participant": participant})
    return Appeal.objects.filter(own).update(text="", answer="")
