"""Beside the editor: what each language still needs, with a link to every field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from partnership.pages.overview.columns import promises_of
from partnership.pages.wording.forms import overview


class LanguagesSidePanel(BaseSidePanel):
    """How the languages stand in what is being edited; told anew after every saving by itself."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it, with the number of texts that are behind."""

        aria_label = _("Toggle languages")
        icon_name = "globe"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "count": number_behind(parent_context.get("form"))}

    name = "languages"
    title = _("Languages")
    template_name = "pages/admin/side_panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        form = parent_context.get("form")
        promises = promises_of(self.object)
        return {
            **context,
            "languages": [
                {"standing": language, "promise": promises.get(language.code)}
                for language in (overview(form) if form else ())
            ],
            "count": number_behind(form),
            "is_partial": parent_context.get("is_partial", False),
            "toggle": self.toggle,
        }


def number_behind(form: Any) -> int:
    """Return how many texts of the form are not up to date, in all languages together."""
    return sum(standing.is_behind for standing in form.standings) if form else 0
