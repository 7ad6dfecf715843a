"""One language of one page, with everything a list of what is behind says about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.cities.models import City
from partnership.pages.languages import own_name
from partnership.pages.models import BasePage, LanguageStanding
from partnership.pages.overview.responsible import Responsibility
from partnership.pages.wording.page import LanguageNote


@dataclass(frozen=True)
class Row:
    """A standing whose promises were read, whose page it is, and who is responsible."""

    standing: LanguageStanding
    cities_of_page: list[City]
    people: list[Any]

    @property
    def page(self) -> BasePage:
        """The page, without what only its type has."""
        return self.standing.page

    @property
    def code(self) -> str:
        """The language."""
        return self.standing.language_code

    @property
    def promise(self) -> LanguageNote | None:
        """What readers of the published page wait for, if they do."""
        iso: str | None = self.standing.promised_on  # type: ignore[attr-defined] # annotated
        if not iso:
            return None
        day = date.fromisoformat(iso)
        return LanguageNote(self.code, day, is_late=day < timezone.localdate())

    @property
    def address(self) -> str:
        """Where the page is edited, at what is said of that language."""
        edit = reverse("wagtailadmin_pages:edit", args=(self.standing.page_id,))
        return f"{edit}#language-{self.code}"

    # What the columns of a file are called -----------------------------------------------

    @property
    def title(self) -> str:
        """The page in the editor's language."""
        return self.page.get_admin_display_title()

    @property
    def language(self) -> str:
        """What the language calls itself."""
        return own_name(self.code)

    @property
    def kind(self) -> str:
        """What type of page it is."""
        return str(capfirst(self.page.page_type_display_name))

    @property
    def cities(self) -> str:
        """Whose page it is."""
        return ", ".join(map(str, self.cities_of_page)) or _("All cities")

    @property
    def status(self) -> str:
        """Whether readers see it; Wagtail's own word for it asks the database for every page."""
        if not self.page.live:
            return _("draft")
        return _("published, with changes") if self.page.has_unpublished_changes else _("published")

    @property
    def lacks(self) -> str:
        """The numbers of texts that are not up to date, by what is the matter."""
        standing = self.standing
        parts = (
            (standing.missing, ngettext("%d missing", "%d missing", standing.missing)),
            (standing.stale, ngettext("%d out of date", "%d out of date", standing.stale)),
            (standing.machine, ngettext("%d by a machine", "%d by a machine", standing.machine)),
        )
        return ", ".join(words % number for number, words in parts if number)

    @property
    def since(self) -> date | None:
        """The day on which the oldest of it fell behind."""
        moment = self.standing.behind_since
        return timezone.localtime(moment).date() if moment else None

    @property
    def promised_on(self) -> date | None:
        """The day readers were promised."""
        return self.promise.due_on if self.promise else None

    @property
    def signed_by(self) -> str:
        """Who promised it."""
        name: str | None = self.standing.signed_by_name  # type: ignore[attr-defined] # annotated
        return (name or "") if self.promise else ""

    @property
    def responsible(self) -> str:
        """The names of whoever brings it up to date."""
        return ", ".join(map(str, self.people))

    @property
    def full_address(self) -> str:
        """The address that can be opened from a file."""
        return f"{settings.BASE_URL}{self.address}"


def rows_of(standings: Iterable[LanguageStanding], responsibility: Responsibility) -> list[Row]:
    """Return a row for each; asks once whose pages they are."""
    found = list(standings)
    responsibility.read(found)
    return [
        Row(each, responsibility.cities_of(each), responsibility.people(each)) for each in found
    ]
