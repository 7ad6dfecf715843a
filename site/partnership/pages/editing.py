"""The form every page is edited with: every language before publishing, nobody's city taken."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

from partnership.cities.models import City
from partnership.pages.choosers import bring_chosen
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import CODES, active, field_names, localized
from partnership.pages.rows_below import bring_rows
from partnership.pages.same_rows import say_in_words
from partnership.pages.sent_once import bring_sent
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording.forms import GatedForm, WordingForm
from partnership.pages.wording.gate import NotReady
from partnership.pages.wording.memory import Memory


class ThingForm(WordingForm, TwoHandsForm, WagtailAdminModelForm):
    """The form of what is no page but has texts in every language: a setting, a commitment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_small_change()
        _prepare(self.formsets.values())

    def save(self, commit: bool = True) -> Any:
        """Save with what the editor confirmed."""
        self.confirm_by_hand()
        return super().save(commit=commit)


class PageForm(GatedForm, WagtailAdminPageForm):
    """What is checked on every page; a page type with more rules subclasses it.

    A draft may be half written: it needs a title in one language only. To publish it, or to
    send it to review, it must pass the gate: every language, or a day somebody signs for.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_small_change()
        _prepare(self.formsets.values())
        self.add_promises()
        if "slug" in self.fields:
            self.fields["slug"].required = False  # made from the title, as the others are
        if self.instance.pk is None:
            self._tell_what_a_draft_needs()
        if "cities" in self.fields and self.instance.pk is None:
            self.initial["cities"] = self._cities_of_a_new_page()

    def _tell_what_a_draft_needs(self) -> None:
        """Of a new page nothing is kept until these are written; what has a value is no trouble."""
        for name, field in self.fields.items():
            is_given = self.get_initial_for_field(field, name) not in field.empty_values
            if field.required and not is_given and name not in self._meta.defer_required_on_fields:
                field.help_text = format_lazy("{} {}", field.help_text, NEEDED_AT_ONCE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.copy_wanted_structure()
        self.check_promises()
        self._check_some_title()
        self._check_addresses()
        self._check_cities()
        self._check_end()
        return cleaned

    def is_valid(self) -> bool:
        """Also ask the gate, which looks at every row of the form, unless it is for a draft."""
        is_valid: bool = super().is_valid()
        if self.is_bound and not self.is_deferred_validation:
            is_valid = all((self.passes_the_gate(), self.is_fit(), is_valid))
        return is_valid

    def is_fit(self) -> bool:
        """Say beside its field what else this kind of page asks before it is published."""
        try:
            self.instance.refuse_unfit()
        except NotReady as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, refusal.on_screen)
            return False
        return True

    def save(self, commit: bool = True) -> Any:
        """Save with what the editor confirmed and signed for."""
        self.confirm_by_hand()
        self.instance.sign_for(self.promised)
        return super().save(commit=commit)

    @property
    def warnings(self) -> list[str]:
        """Sentences for whoever publishes the page, which nothing waits for."""
        return []

    # Languages -------------------------------------------------------------------------

    @cached_property
    def wording_before(self) -> Memory:
        """What the texts remembered before the editor sat down; saving by itself is one sitting."""
        overwritten = self.data.get("overwrite_revision_id", "") if self.is_bound else ""
        if overwritten and self.instance.pk:
            revision = self.instance.revisions.filter(pk=key_in(overwritten)).first()
            if revision:
                return self.instance.memory_before(revision)
        return super().wording_before

    def _check_some_title(self) -> None:
        titles = [name for name in field_names("title") if name in self.fields]
        if not any(self.cleaned_data.get(name) for name in titles) and not self.errors.keys() & set(
            titles
        ):
            mine = localized("title", active())
            self.add_error(mine, _("Write a title, in one language at least."))

    # Addresses -------------------------------------------------------------------------

    def _check_addresses(self) -> None:
        """Say beside the field which language's address is taken, on new pages too."""
        for code in CODES[1:]:
            name = localized("local_slug", code)
            slug = self.cleaned_data.get(name)
            if slug and self.parent_page and self.instance.is_taken(code, slug, self.parent_page):
                self.add_error(name, ADDRESS_TAKEN)

    # Cities ----------------------------------------------------------------------------

    def _cities_of_a_new_page(self) -> list[City]:
        """An editor's page starts as a page of their cities; all cities together is joint."""
        if self.for_user is None or self.for_user.is_superuser:
            return []
        own = list(self.for_user.edits_for.all())
        return [] if len(own) == City.objects.partners().count() else own

    def _check_cities(self) -> None:
        if "cities" not in self.cleaned_data or self.for_user is None:
            return
        if self.for_user.is_superuser:
            return
        everyone = set(City.objects.all())
        own = set(self.for_user.edits_for.all())
        chosen = set(self.cleaned_data["cities"])
        if chosen and not chosen & own:
            self.add_error("cities", _("Keep one of the cities you work for, or none for all."))
        elif (self._stored_cities(everyone) - (chosen or everyone)) - own:
            self.add_error("cities", _("This is another city's page too: you cannot take it away."))

    def _check_end(self) -> None:
        """A day on which the page goes takes it down: not over what is another city's below it."""
        if self.for_user is None or self.instance.pk is None:
            return
        is_set = self.cleaned_data.get("expire_at") and "expire_at" in self.changed_data
        if is_set and not self.instance.permissions_for_user(self.for_user).is_own_branch:
            self.add_error("expire_at", _("A page of another city is below this one: it stays."))

    def _stored_cities(self, everyone: set[City]) -> set[City]:
        """Return whose page it is now; a new page is nobody's, a joint one everybody's."""
        if self.instance.pk is None:
            return set()
        stored = type(self.instance).objects.filter(pk=self.instance.pk).values("cities")
        return set(City.objects.filter(pk__in=stored)) or everyone


def _prepare(formsets: Iterable[Any]) -> None:
    """Have at hand, all at once, what the rows of a form would each ask for."""
    bring_rows(formsets)
    say_in_words(formsets)
    bring_chosen(formsets)
    bring_sent(formsets)


NEEDED_AT_ONCE = _("A draft needs it, too.")
ADDRESS_TAKEN = _("Another page beside this one has this address.")
