"""What the report can be narrowed to."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.models import get_page_content_types

from partnership.cities.models import City
from partnership.pages.enums import TextState
from partnership.pages.languages import CODES, own_name
from partnership.pages.models import LanguageStanding
from partnership.pages.overview.responsible import Responsibility

ALL_CITIES, BEHIND, ME, OPEN, OVERDUE = "joint", "behind", "me", "open", "overdue"
STATES = (
    (BEHIND, _("not up to date")),
    *((state.value, state.label) for state in TextState),
)
PROMISES = (
    (OVERDUE, pgettext_lazy("promise", "overdue")),
    (OPEN, pgettext_lazy("promise", "still open")),
)


def _cities(request: Any = None) -> QuerySet:
    return City.objects.all()


def _page_types(request: Any = None) -> QuerySet:
    return get_page_content_types(include_base_page_type=False)


def _radio(label: Any, choices: Any, method: str) -> Any:
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        method=method,
        widget=forms.RadioSelect,
        empty_label=pgettext_lazy("filter", "All"),
    )


class ReportFilters(WagtailFilterSet):
    """By language, state, city, type of page, promise, and what is one's own."""

    responsible = _radio(_("Responsible"), ((ME, _("Me")),), "by_responsible")
    language = django_filters.ChoiceFilter(
        field_name="language_code",
        label=_("Language"),
        choices=[(code, own_name(code)) for code in CODES],
        widget=forms.RadioSelect,
        empty_label=pgettext_lazy("filter", "All"),
    )
    state = _radio(_("State"), STATES, "by_state")
    promise = _radio(_("Promise"), PROMISES, "by_promise")
    city = django_filters.ModelChoiceFilter(
        label=_("City"),
        queryset=_cities,
        method="by_city",
        null_label=_("All cities"),
        null_value=ALL_CITIES,
        empty_label=pgettext_lazy("filter", "All"),
    )
    type = ContentTypeFilter(
        field_name="page__content_type",
        label=_("Type"),
        queryset=_page_types,
        empty_label=pgettext_lazy("filter", "All"),
    )

    class Meta:
        model = LanguageStanding
        fields = ()

    def __init__(self, *args: Any, responsibility: Responsibility, **kwargs: Any) -> None:
        self.responsibility = responsibility
        super().__init__(*args, **kwargs)

    def by_responsible(self, standings: Any, name: str, value: str) -> Any:
        return self.responsibility.narrow(standings, self.request.user)

    def by_state(self, standings: Any, name: str, value: str) -> Any:
        if value == BEHIND:
            return standings.lacking()
        if value == TextState.CURRENT:
            return standings.complete()
        return standings.filter(**{f"{value}__gt": 0})

    def by_promise(self, standings: Any, name: str, value: str) -> Any:
        today: date = timezone.localdate()
        return standings.overdue(today) if value == OVERDUE else standings.promised(today)

    def by_city(self, standings: Any, name: str, value: Any) -> Any:
        return standings.of_all_cities() if value == ALL_CITIES else standings.of_cities(value)
