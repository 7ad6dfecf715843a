"""The report: every page in every language, what is behind and for how long, and whose it is."""

from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from partnership.pages.models import BasePage, LanguageStanding
from partnership.pages.overview.filters import ReportFilters
from partnership.pages.overview.responsible import (
    Responsibility,
    editable_pages,
    may_edit_pages,
)
from partnership.pages.overview.rows import Row, rows_of
from partnership.tables.spreadsheets import SafeSpreadsheets

NAME, RESULTS = "languages_report", "languages_report_results"
OLDEST, NEWEST = "since", "-since"
#: What a file holds: what is asked of each row, and the heading.
HEADINGS = {
    "title": _("Page"),
    "kind": _("Type"),
    "cities": _("Cities"),
    "status": _("Status"),
    "language": _("Language"),
    "standing.percentage": _("Up to date (%)"),
    "standing.missing": _("Missing"),
    "standing.stale": _("Out of date"),
    "standing.machine": _("By a machine"),
    "since": _("Behind since"),
    "promised_on": _("Follows by"),
    "signed_by": _("Signed by"),
    "responsible": _("Responsible"),
    "full_address": _("Address"),
}


class OfRow(Column):
    """A column of the report; its template is named as it is."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, **options)
        self.cell_template_name = f"pages/admin/report/{name}.html"

    def get_cell_context_data(self, instance: Row, parent_context: Any) -> dict[str, Any]:
        return {"row": instance, "request": parent_context.get("request")}


class LanguagesReport(SafeSpreadsheets, ReportView):
    """Editors see the pages they may edit; the oldest of what is behind comes first."""

    page_title = _("Languages")
    header_icon = "globe"
    results_template_name = "pages/admin/report/results.html"
    index_url_name = NAME
    index_results_url_name = RESULTS
    model = LanguageStanding
    permission_required = "change"
    filterset_class = ReportFilters
    default_ordering = OLDEST
    verbose_name_plural = _("languages of pages")
    export_filename = "languages"
    columns = (
        OfRow("title", label=_("Page"), width="26%"),
        OfRow("language", label=_("Language"), width="14%"),
        OfRow("lacks", label=_("To do"), width="14%"),
        OfRow("since", label=_("Behind since"), sort_key=OLDEST, width="14%"),
        OfRow("promise", label=_("Promise"), width="16%"),
        OfRow("responsible", label=_("Responsible"), width="16%"),
    )
    export_headings = HEADINGS
    list_export = tuple(HEADINGS)

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(BasePage)

    @cached_property
    def responsibility(self) -> Responsibility:
        """Who does what, asked once."""
        return Responsibility()

    def get_base_queryset(self) -> Any:
        found = LanguageStanding.objects.of_pages(editable_pages(self.request.user))
        return found.with_promises().select_related("page__owner").defer("page__wording")

    def order_queryset(self, queryset: Any) -> Any:
        return queryset.newest_first() if self.ordering == NEWEST else queryset.oldest_first()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "responsibility": self.responsibility}

    def get_filtered_queryset(self) -> Any:
        return self.get_queryset()  # which is filtered already

    def rows_of(self, found: list[Any]) -> list[Row]:
        return rows_of(found, self.responsibility)

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.rows_of(list(object_list)))


class ReportMenuItem(MenuItem):
    """The report in the menu, for whoever may edit pages."""

    def is_shown(self, request: Any) -> bool:
        return may_edit_pages(request.user)


def menu_item() -> MenuItem:
    """The entry of the menu of reports, the first of them."""
    return ReportMenuItem(
        LanguagesReport.page_title,
        reverse(NAME),
        name="languages-report",
        icon_name=LanguagesReport.header_icon,
        order=100,
    )


urlpatterns = (
    path("reports/languages/", LanguagesReport.as_view(), name=NAME),
    path(
        "reports/languages/results/",
        LanguagesReport.as_view(results_only=True),
        name=RESULTS,
    ),
)
