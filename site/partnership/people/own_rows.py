"""What of accounts, addresses and mails is somebody's own; for ``partnership.people.copies``."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from partnership.outbox.models import OutgoingMail
from partnership.people.copies import Held, hold, of_account, of_participant
from partnership.people.models import GuestContact, Participant, Resident, UnusedAccount

#: What of a mail concerns the machine that sends it; the words stand in ``text``.
OF_THE_POST = (
    *("html", "attachments", "about", "message_id", "dedup_key", "leased_until", "stop_url"),
    "reply_to",  # somebody else's
    *("next_attempt_at", "attempts", "last_error"),
)
#: What allauth keeps of a second step.
FACTORS = {
    Authenticator.Type.TOTP: _("codes of an app"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}


def _written_to(participant: Participant) -> Q | None:
    return Q(to__iexact=participant.email) if participant.email else None


def _unless_it_holds_a_code(name: str) -> Any:
    """What expires holds a code that opens something: it goes nowhere but into that mail."""
    return lambda mail: "" if mail.expires_at else getattr(mail, name)


DETAILS = (
    Held(
        model=Resident,
        of=of_account("pk"),
        without=("password",),
        title=_("your account"),
    ),
    Held(
        model=EmailAddress,
        of=of_account("user"),
        labels={
            "email": _("e-mail address"),
            "verified": _("confirmed"),
            "primary": _("in use"),
        },
        title=_("your e-mail address"),
    ),
    Held(
        model=Authenticator,
        of=of_account("user"),
        without=("data",),  # what opens the account goes nowhere
        told={"type": lambda factor: str(FACTORS[factor.type])},
        labels={
            "type": _("what"),
            "created_at": _("set up at"),
            "last_used_at": _("last used at"),
        },
        title=_("your second step at sign-in"),
    ),
    Held(
        model=SocialAccount,
        of=of_account("user"),
        labels={
            "provider": _("provider"),
            "uid": _("what it calls you"),
            "last_login": _("last used at"),
            "date_joined": _("connected at"),
            "extra_data": _("what it told us"),
        },
        title=_("your connected sign-ins"),
    ),
    Held(
        model=UserProfile,
        of=of_account("user"),
        without=("avatar", "dismissibles"),
        title=_("your choices for the editing screens"),
    ),
    Held(model=GuestContact, title=_("your details")),
    Held(
        model=UnusedAccount,
        of=of_account("resident"),
        without=("mail", "counted_on"),
        title=_("that your account is not used"),
    ),
)
TRACES = (
    Held(
        model=Participant,
        of=of_participant("pk"),
        without=("guest_digest",),
        labels={"created_at": _("first act")},
        title=_("since when you take part"),
        is_trace=True,
    ),
    Held(
        model=OutgoingMail,
        of=_written_to,
        without=OF_THE_POST,
        told={
            "subject": _unless_it_holds_a_code("subject"),
            "text": _unless_it_holds_a_code("text"),
        },
        labels={"text": _("text")},
        title=_("mails to you"),
        is_trace=True,
    ),
)


def register() -> None:
    """Tell of the account first, of the mails last of all."""
    hold(*DETAILS, *TRACES)
