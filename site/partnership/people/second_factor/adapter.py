"""How allauth talks about the second step: in our words, with a picture we draw ourselves."""

import io

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

#: Light signs around the picture that every reader needs.
QUIET_ZONE = 4


class SecondFactorAdapter(DefaultMFAAdapter):
    """No sentence of allauth's own is shown, and no package is needed for its picture."""

    error_messages = {  # noqa: RUF012 - the base class's shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it was used already. The app shows a new one every half"
            " minute; every code works once."
        ),
        "too_many_in_a_day": _(
            "Too many wrong codes were typed for this account today. Try again tomorrow, or ask an"
            " administrator to take the second step away."
        ),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the picture an app scans, dark on light in every scheme of colours."""
        kept = io.BytesIO()
        segno.make(url, micro=False, error="m").save(
            kept, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True
        )
        return kept.getvalue().decode()
