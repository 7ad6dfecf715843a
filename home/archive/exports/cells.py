"""What the cells of a year's tables share: words and addresses in every language, instants."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import CODES, field_names
from partnership.tables.columns import columns_in_every_language

AT_A_TIME = 500
TITLE = columns_in_every_language("title", _("title"))
URL = columns_in_every_language("url", _("address"))


def words(thing: Any, *names: str) -> list[str]:
    """These texts in every language; empty ones where there is nothing to tell of."""
    columns = [column for name in names for column in field_names(name)]
    return [(getattr(thing, column) or "") if thing else "" for column in columns]


def addresses(page: Any) -> list[str]:
    """Where it is read in every language."""
    return [page.full_url_in(code) or "" for code in CODES]


def codes(cities: Any) -> str:
    """The codes of these cities; empty for all of them."""
    return "|".join(city.code for city in cities.all())


def utc(instant: datetime | None) -> str:
    """The instant in universal time, to the second; empty for none."""
    return instant.astimezone(UTC).isoformat(timespec="seconds") if instant else ""
