"""The button that opens the list of pages, in the language of whoever sees it."""

from typing import Any

from django.utils.text import capfirst, format_lazy
from wagtail.admin.widgets import AdminPageChooser


class PageChooser(AdminPageChooser):
    """Wagtail's, whose words stay in the language in which the form was first made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.choose_one_text != type(self).choose_one_text:
            kind = capfirst(self.target_models[0]._meta.verbose_name)
            self.choose_one_text = format_lazy("{} ({})", type(self).choose_one_text, kind)
