"""Pages left behind in one language, for the tests of what editors see of it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from home.models import StandardPage
from partnership.pages.models import BasePage, LanguageException, LanguageStanding


def change(page, code="en", words="Other words", **promise):
    """Change a text in one language; with ``by`` sign for the other one and publish."""
    draft = StandardPage.objects.get(pk=page.pk)
    setattr(draft, f"lead_{code}", words)
    if not promise:
        draft.save_revision()
        return
    other = {"en": "es", "es": "en"}[code]
    draft.sign_for({other: timezone.localdate()})
    draft.save_revision(user=promise.get("user")).publish()
    LanguageException.objects.filter(page=page).update(due_on=promise["by"])
    BasePage.objects.filter(pk=page.pk).update(follows={other: promise["by"].isoformat()})


def since(page, days, code="es"):
    moment = timezone.now() - timedelta(days=days)
    LanguageStanding.objects.filter(page=page, language_code=code).update(behind_since=moment)


def home(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()
