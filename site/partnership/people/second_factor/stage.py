"""Asks whoever has a second step for it, whichever way they came in, before they are in."""

from typing import Any

from allauth.account.stages import LoginStage
from django.shortcuts import redirect

from partnership.people.identity import second_step

#: Allauth's stage, in whose place ours stands.
THEIRS = "allauth.mfa.stages.AuthenticateStage"


class SecondStep(LoginStage):
    """The last stage of every sign-in; costs the others one query.

    Whom a trusted provider has asked for it already is not asked again.
    """

    key = "mfa_authenticate"
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user is None or second_step.was_done(self.login) or not user.has_second_factor:
            return None, True
        return redirect(self.urlname), True
