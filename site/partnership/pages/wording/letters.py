"""What editors are told by mail about the languages of their pages."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Revision

from partnership.outbox.services import post
from partnership.pages.languages import known_or_default
from partnership.pages.wording.gate import NotReady


def tell_the_author(revision: Revision, refusal: NotReady, **_signal: Any) -> None:
    """Write to whoever scheduled this version that it stayed a draft, and what is missing."""
    author = revision.user
    if author is None:
        return
    code = known_or_default(author.language_code)
    page = revision.as_object()
    with translation.override(code):
        reasons = refusal.reasons
        title = page.get_admin_display_title()
    post(
        "publication_refused",
        to=author.email,
        language_code=code,
        context={
            "name": author.get_short_name(),
            "title": title,
            "reasons": reasons,
            "url": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=(page.pk,))}",
        },
        about=page,
        dedup_key=f"publication_refused:{revision.pk}:{revision.created_at.isoformat()}",
    )
