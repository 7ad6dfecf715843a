"""On an editor's first screen: the languages that wait for this person."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from partnership.pages.models import LanguageStanding
from partnership.pages.overview.filters import ME
from partnership.pages.overview.report import NAME
from partnership.pages.overview.responsible import (
    Responsibility,
    editable_pages,
    may_edit_pages,
)
from partnership.pages.overview.rows import Row, rows_of
from partnership.pages.permissions import city_keys

AT_MOST = 10


class LanguagesOnTheDesk(Component):
    """Promises whose day has passed first, then what has been behind for longest."""

    name = "languages"
    order = 50
    template_name = "pages/admin/desk.html"

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def is_shown(self) -> bool:
        """Whether there can be anything to do for this person."""
        return may_edit_pages(self.user)

    @cached_property
    def sees_everything(self) -> bool:
        """Whether this person looks after the whole site and after no city in particular."""
        return self.user.is_superuser and not city_keys(self.user).cities

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        responsibility = Responsibility()
        waiting = self._waiting(responsibility)
        first = list(waiting[: AT_MOST + 1])
        rows: list[Row] = rows_of(first[:AT_MOST], responsibility)
        query = "" if self.sees_everything else f"responsible={ME}&"
        return {
            "rows": rows,
            "number": len(first) if len(first) <= AT_MOST else waiting.count(),
            "report": f"{reverse(NAME)}?{query}state=behind",
        }

    def _waiting(self, responsibility: Responsibility) -> Any:
        found = LanguageStanding.objects.of_pages(editable_pages(self.user)).with_promises()
        if not self.sees_everything:
            found = responsibility.narrow(found, self.user)
        waiting = found.waiting(timezone.localdate())
        return waiting.select_related("page__owner").defer("page__wording")
