"""Open an account, change what it says about a resident."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.users.models import UserProfile

from partnership.cities.models import City
from partnership.people import guests
from partnership.people.models import Resident

FORGET_UNCONFIRMED_AFTER = timedelta(days=7)


@transaction.atomic
def open_account(
    email: str,
    *,
    name: str,
    city: City | None = None,
    language_code: str | None = None,
    password: str | None = None,
    confirmed: bool = True,
    is_staff: bool = False,
    is_superuser: bool = False,
) -> Resident:
    """Make an account for somebody who does not join by the form: staff, or the demo's people.

    Without a password they sign in by code. ``confirmed`` says that we know the address to
    be theirs; otherwise they confirm it when they first sign in.
    """
    resident = Resident.objects.create_user(
        email,
        password,
        name=name,
        city=city,
        language_code=language_code or (city.language_code if city else settings.LANGUAGE_CODE),
        is_staff=is_staff or is_superuser,
        is_superuser=is_superuser,
    )
    keep_address(resident, confirmed=confirmed)
    keep_admin_language(resident)
    return resident


def keep_address(resident: Resident, *, confirmed: bool) -> EmailAddress:
    """Make the account's address the only one it can sign in with, confirmed or not yet."""
    EmailAddress.objects.filter(user=resident).exclude(email=resident.email).delete()
    address, _created = EmailAddress.objects.update_or_create(
        user=resident,
        email=resident.email,
        defaults={"primary": True, "verified": confirmed},
    )
    if confirmed:
        guests.claim(resident)
    return address


def claim_confirmed(email_address: EmailAddress, **_signal: Any) -> None:
    """Allauth's signal: an account has confirmed its address."""
    guests.claim(email_address.user)


def keep_staff(residents: Iterable[Resident]) -> None:
    """Make staff of whoever was entrusted with something, and of nobody else among these."""
    asked = Resident.objects.filter(pk__in=[resident.pk for resident in residents])
    entrusted = list(asked.entrusted().values_list("pk", flat=True))
    asked.filter(pk__in=entrusted).update(is_staff=True)
    asked.exclude(pk__in=entrusted).update(is_staff=False)


def keep_admin_language(resident: Resident) -> None:
    """Open the editing screens in the resident's language."""
    UserProfile.objects.update_or_create(
        user=resident, defaults={"preferred_language": resident.language_code}
    )


def keep_admin_clock(user: Resident, **_signal: Any) -> None:
    """Allauth's signal: put the editing screens on the clock of the city somebody works for.

    Wagtail would tell them the hours of UTC, which are nobody's. Who has chosen a clock keeps it.
    """
    city = (user.edits_for.first() or user.city) if user.is_staff else None
    if city is None:
        return
    UserProfile.objects.get_or_create(
        user=user, defaults={"preferred_language": user.language_code}
    )
    unchosen = UserProfile.objects.filter(user=user, current_time_zone="")
    unchosen.update(current_time_zone=city.time_zone)


def doubt_password(request: HttpRequest, email_address: EmailAddress, **_signal: Any) -> None:
    """Allauth's signal: take away a password that whoever confirmed the address has not shown.

    Somebody else may have begun the account with it, and would come in from now on. Who joined or
    typed it in this browser, and then the code of the mail, keeps it.
    """
    resident = email_address.user
    has_shown_it = LoginStageController.enter(request, EmailVerificationStage.key) is not None
    if request.user.is_authenticated or has_shown_it or not resident.has_usable_password():
        return
    resident.set_unusable_password()
    resident.save(update_fields=("password",))


@transaction.atomic
def change_details(
    resident: Resident,
    *,
    name: str,
    city: City | None,
    language_code: str,
    organisation_name: str,
    organisation_kind: str,
) -> Resident:
    """Change what a resident told us; what they did before keeps the city it was done from."""
    resident.name = name
    resident.city = city
    resident.language_code = language_code
    resident.organisation_name = organisation_name
    resident.organisation_kind = organisation_kind
    resident.save(
        update_fields=("name", "city", "language_code", "organisation_name", "organisation_kind")
    )
    keep_admin_language(resident)
    return resident


def forget_unconfirmed() -> int:
    """Remove accounts that nobody confirmed within a week; return how many."""
    forgotten = Resident.objects.unconfirmed().filter(
        joined_at__lt=timezone.now() - FORGET_UNCONFIRMED_AFTER
    )
    _total, by_model = forgotten.delete()
    return by_model.get(Resident._meta.label, 0)


def forget_ended_sessions() -> None:
    """Remove the sessions that have run out, and with them what guests had typed: Django's own."""
    call_command("clearsessions")
