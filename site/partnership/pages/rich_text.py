"""The editor of formatted text, as the whole admin uses it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea


class NamedRichTextArea(DraftailRichTextArea):
    """Wagtail's own, but it says what it is: its label belongs to the hidden field beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call_it(_("Text"))

    def call_it(self, name: Any) -> None:
        """Give it the name that those who do not see the label are told."""
        self.options["ariaLabel"] = name
