"""What components/field.html needs to know about a form's field: ``{% load fields %}``."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms, template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from partnership.pages.languages import CODES

register = template.Library()


class Option(NamedTuple):
    """One radio button or check box of a group."""

    widget: BoundWidget
    hint: str
    lang: str


@register.filter
def layout(field: BoundField) -> str:
    """How a field is laid out: hidden, group (radio, many boxes), box (one check box) or line.

    A trap is for machines only; parts are several labelled controls under one legend.
    """
    widget = field.field.widget
    if getattr(field.field, "is_trap", False):
        return "trap"
    if widget.is_hidden:
        return "hidden"
    if getattr(widget, "is_a_group_of_parts", False):
        return "parts"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "box" if isinstance(widget, forms.CheckboxInput) else "line"


@register.filter
def may_be_left_out(field: BoundField) -> bool:
    """Whether the field is marked as optional.

    A form that asks for its answers by itself says so with ``is_asked``.
    """
    return not getattr(field.field, "is_asked", field.field.required)


@register.filter
def limit(field: BoundField) -> int | None:
    """The most characters a text area takes, to be told before somebody writes them."""
    if isinstance(field.field.widget, forms.Textarea):
        return getattr(field.field, "max_length", None)
    return None


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget with its class, and with its hint, count and error announced."""
    attrs: dict[str, str | bool] = {}
    described = field.field.widget.attrs.get("aria-describedby") or " ".join(_describing(field))
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    css_class = _css_class(field.field.widget)
    if css_class:
        attrs["class"] = f"{field.field.widget.attrs.get('class', '')} {css_class}".strip()
    return field.as_widget(attrs=attrs)


@register.simple_tag
def describing_ids(field: BoundField) -> str:
    """The ids of hint, count and error, in the order they are read."""
    return " ".join(_describing(field))


def _describing(field: BoundField) -> Iterator[str]:
    if field.help_text:
        yield f"{field.auto_id}_hint"
    if getattr(field.field, "unit", ""):
        yield f"{field.auto_id}_unit"
    if limit(field):
        yield f"{field.auto_id}_count"
    if field.errors:
        yield f"{field.auto_id}_error"


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return ""
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "select" if isinstance(widget, forms.Select) else "input"


@register.filter
def options(field: BoundField) -> list[Option]:
    """The choices of a group.

    A form may give its field ``option_hints`` (value to text) and ``options_are_languages``
    (each label names itself, so it is marked with its own language).
    """
    hints = getattr(field.field, "option_hints", {})
    own_language = getattr(field.field, "options_are_languages", False)
    found = []
    for widget in field.subwidgets:
        value = str(widget.data["value"])
        lang = value if own_language and value in CODES else ""
        found.append(Option(widget=widget, hint=hints.get(value, ""), lang=lang))
    return found


class Part(NamedTuple):
    """One control of several that make a field, with what it is for."""

    label: str
    id: str
    control: SafeString


@register.simple_tag
def parts(field: BoundField) -> list[Part]:
    """The controls of a field of several, in their order; each announces the error."""
    widget: Any = field.field.widget
    attrs = {"id": field.auto_id, "class": "select"}
    if field.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    found = []
    for label, data in zip(widget.part_labels, context["subwidgets"], strict=True):
        part = BoundWidget(widget, data, field.form.renderer)
        found.append(Part(label, data["attrs"]["id"], part.tag()))
    return found


@register.filter
def first_control_id(field: BoundField) -> str:
    """Where the error summary leads: the first button of a group, else the field itself."""
    if layout(field) == "group":
        return f"{field.auto_id}_0"
    if layout(field) == "parts":
        return parts(field)[0].id
    return field.id_for_label or field.auto_id
