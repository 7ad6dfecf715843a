"""Editing screens with the languages beside each other."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel

from partnership.pages.languages import CODES, DEFAULT, field_names, localized, own_name


def side_by_side(field: str, *, heading: Any = "", **options: Any) -> FieldRowPanel:
    """Return one row for a translated field: a column per language, named by itself."""
    columns = [
        FieldPanel(localized(field, code), heading=own_name(code), **options) for code in CODES
    ]
    return FieldRowPanel(columns, heading=heading)


def title_panel() -> FieldRowPanel:
    """Return the titles; each language's address is made from its own title."""
    return FieldRowPanel(
        [
            TitleFieldPanel(
                localized("title", code),
                heading=own_name(code),
                targets=["slug" if code == DEFAULT else localized("local_slug", code)],
                required_on_save=False,  # one of them is enough for a draft: see PageForm
            )
            for code in CODES
        ]
    )


def slug_panel() -> FieldRowPanel:
    """Return the part of the address that is this page's own, per language."""
    first = FieldPanel("slug", heading=own_name(DEFAULT))
    others = [
        FieldPanel(name, heading=own_name(code))
        for name, code in zip(field_names("local_slug")[1:], CODES[1:], strict=True)
    ]
    return FieldRowPanel([first, *others])
