"""Editing screens with the languages beside each other."""

from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput, SlugInput
from wagtail.blocks import BlockField
from wagtail.fields import RichTextField
from wagtail.models import AbstractPage

from partnership.pages.choosers import PageChooser
from partnership.pages.languages import CODES, DEFAULT, localized, own_name
from partnership.pages.slugs import keeps_its_script
from partnership.pages.wording.forms import overview

# Wagtail gives text areas that grow to plain text fields, not to those of one language.
register_form_field_override(models.TextField, override={"widget": AdminAutoHeightTextInput})
register_form_field_override(RichTextField, override={})
register_form_field_override(
    models.ForeignKey,
    to=AbstractPage,
    override=lambda field: {"widget": PageChooser(target_models=[field.remote_field.model])},
)


class InLanguage(FieldPanel):
    """A field in one language; its label says which field and which language: Lead (Español).

    ``heading`` replaces the field's own name. Below the field stands what is the matter with
    it: that it is missing, or what changed in another language.
    """

    def __init__(self, field_name: str, *, of: str, language: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.heading: Any
        self.of, self.language = of, language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "of": self.of, "language": self.language}

    def on_model_bound(self) -> None:
        super().on_model_bound()
        name: Any = self.heading or self.model._meta.get_field(self.of).verbose_name
        self.heading = format_lazy("{} ({})", capfirst(name), own_name(self.language))

    class BoundPanel(FieldPanel.BoundPanel):
        """One language's field on the screen, with how it stands."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field and hasattr(self.bound_field.field.widget, "call_it"):
                self.bound_field.field.widget.call_it(self.heading)

        def is_required(self) -> bool:
            """Whether readers cannot do without it; a draft may."""
            required = getattr(self.panel.model, "publish_required", ())
            return super().is_required() or self.panel.of in required

        def render_html(self, parent_context: Any = None) -> SafeString:
            """Wagtail's field, and below it what is the matter with it."""
            field = super().render_html(parent_context)
            if self.read_only:
                return field
            standing = getattr(self.form, "standing_of", {}).get(self.field_name)
            about = {
                "standing": standing,
                "html_name": self.bound_field.html_name,
                "is_text_of_blocks": isinstance(self.bound_field.field, BlockField),
                "column": self.field_name,
                "sources": [
                    {"name": name, "column": localized(self.panel.of, code)}
                    for code, name in (standing.sources if standing else ())
                ],
            }
            below = render_to_string("pages/admin/in_language.html", about)
            return format_html("{}{}", field, below)


class LanguagesPanel(Panel):
    """How far each language is, what is missing where, and what may be said about it by hand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Languages"), "icon": "globe", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        """The overview at the top of an editing screen; it asks the form once for all fields."""

        template_name = "pages/admin/languages_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.languages = overview(self.form) if self.form else []

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            names = getattr(self.form, "promise_fields", ())
            return {
                **context,
                "languages": self.languages,
                "small_change": self.form["is_small_change"],
                "promises": [self.form[name] for name in names],
                "was_sent": self.form.is_bound and not self.form.is_deferred_validation,
            }


class TitleInLanguage(InLanguage, TitleFieldPanel):
    """A title in one language, of which that language's address is made."""

    class BoundPanel(InLanguage.BoundPanel, TitleFieldPanel.BoundPanel):
        """The title's field, which writes the address as long as nobody else did."""


def side_by_side(field: str, *, heading: Any = "", **options: Any) -> FieldRowPanel:
    """Return one row for a translated field: a column per language."""
    columns = [
        InLanguage(localized(field, code), of=field, language=code, heading=heading, **options)
        for code in CODES
    ]
    return FieldRowPanel(columns)


class FoldedPanel(InlinePanel):
    """Rows that stay out of the way of whoever changes something else; a mistake unfolds them.

    The heading says how many there are. With ``each`` every row that is stored stays folded up
    as well, under its own words.
    """

    def __init__(self, *args: Any, each: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.each = each

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "each": self.each}

    class BoundPanel(InlinePanel.BoundPanel):
        """Folded while nothing in it has to be mended.

        Wagtail's script unfolds what holds a field with an error; a mistake that is of no
        field would stay out of sight.
        """

        heading: Any

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            stored = self.formset.initial_form_count() if self.form else 0
            if stored:
                heading: Any = self.panel.heading
                self.heading = format_lazy("{} ({})", heading, stored)
            for child in getattr(self, "children", ()):
                child.is_folded = self.panel.each and _is_stored_and_fine(child.form)

        def classes(self) -> list[str]:
            classes: list[str] = super().classes()
            return classes if self.form and has_mistakes(self.formset) else [*classes, "collapsed"]


def has_mistakes(formset: Any) -> bool:
    """Whether rows were sent that have to be mended, or rows below them."""
    if not formset.is_bound:
        return False
    if formset.non_form_errors() or any(formset.errors):
        return True
    below = (each for form in formset.forms for each in getattr(form, "formsets", {}).values())
    return any(has_mistakes(each) for each in below)


def _is_stored_and_fine(form: Any) -> bool:
    if not form.instance.pk or (form.is_bound and form.errors):
        return False
    return not any(has_mistakes(each) for each in getattr(form, "formsets", {}).values())


def folded(relation: str, *, each: bool = False, **words: Any) -> InlinePanel:
    """Rows that are folded up until somebody wants them."""
    return FoldedPanel(relation, each=each, **words)


def title_panel() -> FieldRowPanel:
    """Return the titles; each language's address is made from its own title."""
    return FieldRowPanel(
        [
            TitleInLanguage(
                localized("title", code),
                of="title",
                language=code,
                targets=[_slug_column(code)],
                help_text=_("What readers see at the top of the page and in lists."),
                required_on_save=False,  # one of them is enough for a draft: see PageForm
            )
            for code in CODES
        ]
    )


def slug_panel() -> FieldRowPanel:
    """Return the part of the address that is this page's own, per language."""
    return FieldRowPanel(
        [
            InLanguage(
                _slug_column(code),
                of="slug",
                language=code,
                heading=_("Address"),
                help_text=_("The last part of the address. Empty: made from the title."),
                widget=_slug_input(code),
            )
            for code in CODES
        ]
    )


def _slug_input(code: str) -> SlugInput:
    """Return Wagtail's field for a slug, writing it in the letters of that language."""
    in_own_script = "true" if keeps_its_script(code) else "false"
    return SlugInput({"data-w-slug-allow-unicode-value": in_own_script}, locale=code)


def _slug_column(code: str) -> str:
    """Return where the slug is written: the first language's is Wagtail's own."""
    return "slug" if code == DEFAULT else localized("local_slug", code)
