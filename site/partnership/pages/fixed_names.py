"""The ids of panels: the same in every language, so that a link to a panel works for everybody.

Wagtail makes them of the headings, once, in the language of whoever opens the screen first.
"""

from typing import Any

from django.utils.translation import override
from wagtail.admin.panels import PanelGroup

#: The language of the code.
IN = "en"


def fix_names(panel: Any) -> Any:
    """Have a panel and all below it name their children now, in the language of the code."""
    if isinstance(panel, PanelGroup) and "child_identifiers" not in vars(panel):
        with override(IN):
            _name_below(panel)
    return panel


def _name_below(panel: Any) -> None:
    if isinstance(panel, PanelGroup):
        _ = panel.child_identifiers  # kept by the panel from here on
    below = getattr(panel, "child_edit_handler", None)
    for child in (*getattr(panel, "children", ()), *([below] if below else ())):
        _name_below(child)
