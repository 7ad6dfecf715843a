"""A board in the admin: described in every language before readers see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.enums import EventKind
from events.models import EventPage
from partnership.pages.photos import undescribed_in
from partnership.pages.publishing import PublishedForm

#: What people draw at.
DRAWN_AT = (EventKind.CHARRETTE, EventKind.PLANNING_SESSION)


class BoardForm(PublishedForm):
    """Only events of the editor's cities at which people draw can be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = EventPage.objects.filter(kind__in=DRAWN_AT).order_by("-starts_at")
        if self.for_user is not None:
            events = events.own_of(self.for_user)
        self.fields["event"].queryset = events
        if self.instance.pk:
            self.fields["event"].disabled = True

    def fits_readers(self) -> bool:
        """Whoever does not see the drawing is told in their language what is on it."""
        language = undescribed_in(self.cleaned_data.get("drawing"))
        if language:
            words = _("Describe this photo in %(language)s first, in its own screen.")
            self.add_error("drawing", words % {"language": language})
        return not language
