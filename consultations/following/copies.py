"""What somebody was told of, and which mails they stopped, for the copy of their own data."""

from django.utils.translation import gettext_lazy as _

from consultations.following.models import FormerGuest, Notice, Stop
from partnership.people.copies import Held, hold


def register() -> None:
    """Tell all of it; of replies, which others wrote, the number only."""
    hold(
        Held(
            model=Stop,
            labels={"kind": _("kind of mail; where none is named, every kind")},
        ),
        Held(
            model=FormerGuest,
            labels={"number": _("number in the links of old mails")},
            is_trace=True,
        ),
        Held(
            model=Notice,
            told={
                "step": lambda notice: notice.step and str(notice.step.commitment),
                "delivery": lambda notice: notice.delivery and str(notice.delivery.commitment),
                "reply": lambda notice: notice.reply_id,
            },
            labels={
                "step": _("promise"),
                "delivery": _("promise that delivered something"),
                "reply": _("number of the reply"),
            },
            needs=("step__commitment", "delivery__commitment"),
        ),
    )
