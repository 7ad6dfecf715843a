"""What the mail says that tells somebody of the account an administrator made for them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from partnership.pages.languages import CODES
from partnership.people.models import Resident


def invitation(person: Resident, by: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: where they sign in, and that it takes no password."""
    code = person.language_code if person.language_code in CODES else CODES[0]
    door = reverse("wagtailadmin_home") if person.is_staff else f"/{code}/"
    with translation.override(code):
        works_for = ", ".join(str(city) for city in person.edits_for.all())
    return {
        "to": person.email,
        "language_code": code,
        "context": {
            "name": person.get_short_name(),
            "by": by,
            "works_for": works_for,
            "has_password": person.has_usable_password(),
            "url": f"{settings.BASE_URL}{door}",
        },
        "about": person,
        "dedup_key": f"account_made:{person.pk}",
    }
