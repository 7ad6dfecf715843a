"""The buttons that open lists of pages and other things, in the language of whoever sees them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst, format_lazy
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.images.models import AbstractImage
from wagtail.models import AbstractPage

from partnership.pages.choices_once import bring, once

#: The size in which Wagtail's chooser shows a picture.
PREVIEW = "max-165x165"


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
    What is chosen in several places of a screen is looked up once.
    """
    theirs = BaseChooser.get_instance

    def get_instance(chooser: BaseChooser, value: Any) -> Any:
        if value is None or isinstance(value, chooser.model_class):
            return value
        try:
            return once(_key(chooser.model_class, value), lambda: theirs(chooser, value))
        except ValueError:
            return None

    BaseChooser.get_instance = get_instance


def bring_chosen(formsets: Iterable[Any]) -> None:
    """Read what the rows of a form have chosen, such as pictures, at once and not one by one."""
    chosen: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for row in rows_of(formsets):
        for name, field in row.fields.items():
            if isinstance(field.widget, BaseChooser) and (key := row.initial.get(name)):
                chosen[field.widget.model_class].add(key)
    for model, keys in chosen.items():
        if len(keys) > 1:
            things = _with_what_is_shown(model).in_bulk(keys)
            bring({_key(model, key): thing for key, thing in things.items()})


def _with_what_is_shown(model: type[Model]) -> Any:
    """Rows of a model as choosers show them: pages of their own kind, pictures with a small one."""
    rows = model._default_manager.all()
    if issubclass(model, AbstractPage):
        return rows.specific()
    return rows.prefetch_renditions(PREVIEW) if issubclass(model, AbstractImage) else rows


def _key(model: type[Model], key: Any) -> Any:
    return "chosen", model, str(key)


def rows_of(formsets: Iterable[Any]) -> Iterator[Any]:
    """Each row of sets of rows, followed by those that stand below it."""
    for rows in formsets:
        for row in rows.forms:
            yield row
            yield from rows_of(getattr(row, "formsets", {}).values())
