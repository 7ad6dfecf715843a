"""The form with which a resident takes a place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.registrations.models import NEEDS_LENGTH
from events.registrations.services import PURPOSE
from partnership.cities.models import City
from partnership.pages.languages import CODES, active, own_name
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField

EITHER = "any"


class ChoicesForm(forms.Form):
    """What anybody may choose before signing in; harmless enough to stand in an address."""

    party_size = forms.IntegerField(
        label=_("How many people are you?"), min_value=1, initial=1, localize=False
    )
    joins_in = forms.ChoiceField(
        label=_("Where will you join?"), widget=forms.RadioSelect, choices=()
    )
    language_code = forms.ChoiceField(
        label=_("Language at the table"), widget=forms.RadioSelect, choices=()
    )

    def __init__(
        self, *args: Any, event: EventPage, home: City | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="place_%s", **kwargs)
        self.event = event
        self._ask_how_many()
        self._ask_where(home)
        self._ask_language()

    def _ask_how_many(self) -> None:
        limit = self.event.max_party_size
        self.fields["party_size"].widget.attrs |= {"max": limit, "inputmode": "numeric"}
        if limit == 1:
            self.fields["party_size"].widget = forms.HiddenInput()

    def _ask_where(self, home: City | None) -> None:
        """Only when there is a choice: one venue, or none, is no question."""
        self.venue_cities = {venue.city.code: venue.city for venue in self.event.venue_list}
        if len(self.venue_cities) < 2:
            del self.fields["joins_in"]
            return
        field = self.fields["joins_in"]
        field.choices = [(code, city.name) for code, city in self.venue_cities.items()]
        field.option_hints = {v.city.code: v.name or "" for v in self.event.venue_list}
        if home and home.code in self.venue_cities:
            field.initial = home.code

    def _ask_language(self) -> None:
        field = self.fields["language_code"]
        languages = [(code, own_name(code)) for code in CODES]
        field.choices = [*languages, (EITHER, _("Either"))]
        field.options_are_languages = True
        field.initial = active()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = "joins_in" in self.fields
        code = cleaned.get("joins_in") if asked else next(iter(self.venue_cities), None)
        cleaned["joins_in"] = self.venue_cities.get(code or "")
        if cleaned.get("language_code") == EITHER:
            cleaned["language_code"] = ""
        return cleaned

    def prefill(self, query: Any) -> None:
        """Start with what was chosen on the event's page; what makes no sense is left out."""
        for name in self.fields.keys() & query.keys():
            try:
                self.fields[name].clean(query[name])
            except ValidationError:
                continue
            self.initial[name] = query[name]


class SignUpForm(ChoicesForm, OneUseForm):
    """The whole form; whether there is room is for ``sign_up()`` to say."""

    token_purpose = PURPOSE

    needs = PlainTextField(
        label=_("Anything you need to take part?"),
        help_text=_("For example: a ramp, a sign language interpreter, food without nuts."),
        max_length=NEEDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def choices_made(self) -> dict[str, str]:
        """Return what was typed, without the token, to show it again after signing in."""
        names = self.fields.keys() - {"form_token"}
        return {name: self.data[name] for name in names if name in self.data}
