"""Two versions of a page beside each other: a row for each field, a column for each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField
from wagtail.admin.compare import TextDiff, diff_text

from partnership.pages.fixed_names import fix_names
from partnership.pages.languages import CODES, DEFAULT, own_name
from partnership.pages.values_compared import compare_in_words

if TYPE_CHECKING:
    from partnership.pages.models import BasePage

compare_in_words()


@dataclass(frozen=True)
class Cell:
    """What became of a text in one language; the language is empty where there is only one."""

    html: Any
    language_code: str = ""
    has_changed: bool = True


@dataclass(frozen=True)
class Row:
    """A field with its cells, or the heading of an inline item, which has none."""

    label: str
    cells: list[Cell] = field(default_factory=list)
    #: What happened to an inline item: added, removed, changed or moved.
    event: str = ""


def difference(then: str, now: str) -> Any:
    """Return a text as HTML, with what is new and what is gone marked; all of it is new alone."""
    found: TextDiff = diff_text(then, now)
    return found.to_html() if then else escape(now)


def cell_of(texts: Mapping[str, str], earlier: Mapping[str, str], code: str) -> Cell:
    """Return one language of a text, against what it was."""
    now, then = texts.get(code, ""), earlier.get(code, "")
    return Cell(difference(then, now), code, now != then)


def language_columns() -> list[dict[str, str]]:
    """Return the heads of the columns: ``code`` and the language's own ``name``."""
    return [{"code": code, "name": own_name(code)} for code in CODES]


def differences(before: "BasePage", after: "BasePage", request: HttpRequest) -> list[Row]:
    """Return what differs, in the order of the editing screen.

    A translated field is shown in all its languages as soon as it differs in one, so that a
    reader sees which of them did not follow.
    """
    panels = fix_names(after.get_edit_handler())
    panel = panels.get_bound_panel(instance=after, request=request, form=None)
    comparisons = [make(before, after) for make in panel.get_comparison()]
    if before.pk is None:
        whole = [make(after, after) for make in panel.get_comparison()]
        comparisons = [
            New(*pair) if _begins_with_something(pair[0]) else pair[0]
            for pair in zip(comparisons, whole, strict=True)
        ]
    with timezone.override(_zone_of(after)):
        return list(_rows_between(comparisons))


@dataclass(frozen=True)
class New:
    """A field of a page nobody knows yet: what it says, without what it would have begun with."""

    comparison: Any
    whole: Any
    is_field = True

    @property
    def field(self) -> Any:
        return self.whole.field

    def has_changed(self) -> bool:
        return bool(self.comparison.has_changed())

    def htmldiff(self) -> Any:
        return self.whole.htmldiff()


def _begins_with_something(comparison: Any) -> bool:
    if not comparison.is_field:
        return False
    return bool(comparison.val_a) or comparison.val_a == 0  # as False is


def _zone_of(page: Any) -> ZoneInfo:
    """The clock on which the page's times were written: its own, or that of the city that leads."""
    leads = getattr(page, "lead_city", None)
    return getattr(page, "zone", None) or ZoneInfo(leads.time_zone if leads else "UTC")


def _rows_between(comparisons: list[Any], *, is_whole: bool = False) -> Iterator[Row]:
    """Fields and inline items as they come; an item may hold others, as a question its options."""
    for is_field, group in groupby(comparisons, key=lambda each: bool(each.is_field)):
        if is_field:
            yield from _rows_of(list(group), all_of_them=is_whole)
            continue
        for comparison in group:
            yield from _rows_of_children(comparison, is_whole=is_whole)


def _rows_of(comparisons: list[Any], *, all_of_them: bool = False) -> list[Row]:
    rows = []
    for _name, group in groupby(comparisons, key=lambda each: _place(each.field)[0]):
        together = list(group)
        is_shown = _says_something if all_of_them else _differs
        if any(is_shown(each) for each in together):
            label = _label(together[0].field)
            rows.append(Row(label, [_cell(each, is_whole=all_of_them) for each in together]))
    return rows


def _cell(comparison: Any, *, is_whole: bool) -> Cell:
    """``is_whole`` says that the field came or went with its item."""
    _name, code = _place(comparison.field)
    return Cell(comparison.htmldiff(), code, is_whole or _differs(comparison))


def _differs(comparison: Any) -> bool:
    """A language that joined begins as no text at all, which is no other than an empty one."""
    return _says_something(comparison) and bool(comparison.has_changed())


def _says_something(comparison: Any) -> bool:
    """Whether there is anything to read in one of the versions: a question need not have a unit."""
    both = [getattr(comparison, name, True) for name in ("val_a", "val_b")]
    return not all(value is None or (isinstance(value, str) and not value) for value in both)


def _place(model_field: Any) -> tuple[str, str]:
    """Return the name a field has in every language, and the language of this column."""
    if isinstance(model_field, TranslationField):
        return model_field.translated_field.name, model_field.language
    if model_field.name == "slug":  # Wagtail's own is the first language's
        return "local_slug", DEFAULT
    return model_field.name, ""


def _label(model_field: Any) -> str:
    original = getattr(model_field, "translated_field", model_field)
    return capfirst(getattr(original, "verbose_name", "") or original.name.replace("_", " "))


def _rows_of_children(comparison: Any, *, is_whole: bool) -> Iterator[Row]:
    """``is_whole`` says that they all came or went with the item they belong to."""
    if not is_whole and not comparison.has_changed():
        return
    for number, child in enumerate(comparison.get_child_comparisons(), 1):
        event = _event(child)
        if not event and not is_whole:
            continue
        yield Row(f"{capfirst(child.model._meta.verbose_name)} {number}", event=event)
        came_or_went = is_whole or bool(child.is_addition() or child.is_deletion())
        yield from _rows_between(child.get_field_comparisons(), is_whole=came_or_went)


def _event(child: Any) -> str:
    if child.is_addition():
        return _("Added")
    if child.is_deletion():
        return _("Removed")
    if any(_differs(each) for each in child.get_field_comparisons()):
        return _("Changed")
    return _("Moved") if child.get_position_change() else ""
