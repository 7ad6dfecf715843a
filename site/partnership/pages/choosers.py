"""The buttons that open lists of pages and other things, in the language of whoever sees them."""

from typing import Any

from django.utils.text import capfirst, format_lazy
from wagtail.admin.widgets import AdminPageChooser, BaseChooser


class PageChooser(AdminPageChooser):
    """Wagtail's, whose words stay in the language in which the form was first made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.choose_one_text != type(self).choose_one_text:
            kind = capfirst(self.target_models[0]._meta.verbose_name)
            self.choose_one_text = format_lazy("{} ({})", type(self).choose_one_text, kind)


def find_nothing_by_words() -> None:
    """Let Wagtail's choosers show nothing for what is no key, beside what the form says of it.

    They look up whatever was sent, and a word ends in a 500. Called once, when the apps are ready.
    """
    theirs = BaseChooser.get_instance

    def get_instance(chooser: BaseChooser, value: Any) -> Any:
        try:
            return theirs(chooser, value)
        except ValueError:
            return None

    BaseChooser.get_instance = get_instance
