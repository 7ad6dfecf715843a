"""What the tests of the second step share: an account that has it, and its app."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from partnership.people.models import Resident
from tests.factories.people import PASSWORD
from tests.tools.authenticator import code_of

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
#: Where somebody stands who has proved everything but this.
STEP = "/en/account/sign-in/second-step/"


def give_second_step(resident: Resident) -> list[str]:
    """Set it up for an account whose app has KEY; return the recovery codes."""
    TOTP.activate(resident, KEY)
    return RecoveryCodes.activate(resident).generate_codes()


def factors_of(resident: Resident) -> list[str]:
    kinds = Authenticator.objects.filter(user=resident).values_list("type", flat=True)
    return sorted(kinds)


def sign_in(client: Client, resident: Resident, code: str = "") -> None:
    """Come in with password and code, the app's unless another is given."""
    client.post("/en/account/sign-in/", {"login": resident.email, "password": PASSWORD})
    client.post(STEP, {"code": code or code_of(KEY)})
