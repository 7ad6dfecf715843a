"""Kinds of pages that have a form of their own."""

from typing import Any

from wagtail.models import Page, get_page_models


def with_forms_of_their_own() -> list[type[Page]]:
    """Those whose form has something that no form of the same class with more in it has."""
    forms = [(model, model.get_edit_handler().get_form_class()) for model in get_page_models()]
    kept: dict[type[Page], tuple[Any, set[str]]] = {}
    for model, form in sorted(forms, key=lambda each: -len(each[1].base_fields)):
        own = model.base_form_class, {*form.base_fields, *form.formsets}
        if not any(own[0] is larger[0] and own[1] <= larger[1] for larger in kept.values()):
            kept[model] = own
    return list(kept)
