"""What was decided about somebody's words, and what they said to it, for their own copy."""

from django.utils.translation import gettext_lazy as _

from consultations.moderation.models import Appeal, Decision
from consultations.moderation.querysets import TARGETS
from partnership.people.copies import Held, hold, of_participant


def register() -> None:
    """Tell the decisions, by no name of who decided, and the appeals against them."""
    hold(
        Held(
            model=Decision,
            of=of_participant(*(f"{name}__participant" for name in TARGETS)),
            labels={"id": _("number")},
            told={
                "contribution": lambda decision: decision.contribution_id,
                "statement": lambda decision: decision.statement_id,
            },
        ),
        Held(
            model=Appeal,
            of=of_participant(*(f"decision__{name}__participant" for name in TARGETS)),
            told={"decision": lambda appeal: appeal.decision_id},
            labels={"text": _("why")},
        ),
    )
