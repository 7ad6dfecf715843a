"""On the editing screen of a roadmap: the way to its annual review, and to the one before."""

from typing import Any

from wagtail.admin.panels import Panel

from consultations.roadmap.reviewed import is_reviewed, review_of, review_url, year_before


class ReviewPanel(Panel):
    """Whether the year has been looked back on, and the year before, which comes first."""

    class BoundPanel(Panel.BoundPanel):
        """Nothing to look back on before the page is kept."""

        template_name = "roadmap/admin/review_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            before = year_before(self.instance)
            years = [year for year in (self.instance, before) if year is not None]
            rows = [
                {
                    "year": year.year,
                    "url": review_url(year),
                    "is_signed": is_reviewed(year),
                    "is_begun": review_of(year) is not None,
                }
                for year in years
            ]
            return {**context, "rows": rows}
