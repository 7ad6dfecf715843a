"""Asks whoever has a second step for it, whichever way they came in, before they are in."""

from typing import Any

from allauth.account.stages import LoginStage
from django.shortcuts import redirect

#: Allauth's stage, in whose place ours stands.
THEIRS = "allauth.mfa.stages.AuthenticateStage"


class SecondStep(LoginStage):
    """The last stage of every sign-in; costs the others one query."""

    key = "mfa_authenticate"
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user is None or not user.has_second_factor:
            return None, True
        return redirect(self.urlname), True
