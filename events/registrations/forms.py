"""The forms with which people take a place, wait for one, and change what they wrote."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.registrations.models import NEEDS_LENGTH, Registration
from events.registrations.question_fields import field_for, name_of, stored
from events.registrations.questions import questions_of
from events.registrations.refusals import EventFull, PartyTooLarge
from events.registrations.services import CHANGE, PURPOSE
from events.registrations.services.guardians import refusal_of
from partnership.cities.models import City
from partnership.pages.languages import CODES, active, own_name
from partnership.people.account_forms import INVALID_ADDRESS
from partnership.people.forms import OneUseForm
from partnership.people.guest_forms import GUEST_FIELDS, GuestFields
from partnership.people.text_fields import MailboxField, NameField, PlainTextField

Done = TypeVar("Done")
EITHER = "any"
ADULT, MINOR = "adult", "minor"
GUARDIAN_FIELDS = (
    *("age", "guardian_name", "guardian_email", "guardian_language"),
    "guardian_agrees",
)
#: What is asked when the guardian is asked by mail, and when whoever signs up answers for them.
BY_MAIL, BY_TICK = ("guardian_email", "guardian_language"), ("guardian_agrees",)


class ChoicesForm(forms.Form):
    """What anybody may choose before signing in; harmless enough to stand in an address."""

    party_size = forms.IntegerField(
        label=_("How many people are you?"), min_value=1, initial=1, localize=False
    )
    joins_in = forms.ChoiceField(
        label=_("Where will you join?"),
        widget=forms.RadioSelect,
        choices=(),
        error_messages={"required": _("Choose where you will join.")},
    )
    language_code = forms.ChoiceField(
        label=_("Language you prefer"), widget=forms.RadioSelect, choices=()
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
            return
        self.fields["party_size"].help_text = _(
            "Count everybody who comes, children too. %(limit)d at most."
        ) % {"limit": limit}

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
        any_of_them = _("Either") if len(languages) == 2 else _("Any of them")
        field.choices = [*languages, (EITHER, any_of_them)]
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

    def prefill(self, query: QueryDict) -> None:
        """Start with what was chosen on the event's page; what makes no sense is left out."""
        for name in self.fields.keys() & query.keys():
            value = self.fields[name].widget.value_from_datadict(query, {}, name)
            try:
                self.fields[name].clean(value)
            except ValidationError:
                continue
            self.initial[name] = value


class PlaceForm(ChoicesForm, OneUseForm):
    """Everything that is asked about a place; whether there is room is for the service to say."""

    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=((ADULT, _("18 or older")), (MINOR, _("Under 18"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are 18 or older.")},
    )
    guardian_name = NameField(
        label=_("Name of your parent or guardian"),
        help_text=_("Only if you are under 18."),
        max_length=120,
        required=False,
    )
    guardian_email = MailboxField(
        label=_("E-mail address of your parent or guardian"),
        help_text=_(
            "We send them a link to agree. Your place is held until they have. It is another "
            "address than yours; a family that has only one writes to its city, whose address is "
            "at the foot of this page."
        ),
        max_length=254,
        required=False,
        error_messages={"invalid": INVALID_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    guardian_language = forms.ChoiceField(label=_("Language they read"), choices=(), required=False)
    guardian_agrees = forms.BooleanField(
        label=_("My parent or guardian agrees that I take part"), required=False
    )
    needs = PlainTextField(
        label=_("Anything you need to take part?"),
        help_text=_("For example: a ramp, a sign language interpreter, food without nuts."),
        max_length=NEEDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        for name in self._left_out():
            del self.fields[name]
        if "guardian_language" in self.fields:
            languages = self.fields["guardian_language"]
            languages.choices = [(code, own_name(code)) for code in CODES]
            languages.initial = active()
        self.questions = questions_of(event)
        for question in self.questions:
            self.fields[name_of(question)] = field_for(question)
        self.order_fields(self._as_on_the_page())

    def _left_out(self) -> tuple[str, ...]:
        """The fields about a guardian that this event does not ask."""
        if not self.event.takes_minors:
            return GUARDIAN_FIELDS
        return BY_TICK if self.event.asks_guardians else BY_MAIL

    def _as_on_the_page(self) -> tuple[str, ...]:
        """The names of the fields as they are asked, so that errors come in that order, too."""
        choices = ("party_size", "may_wait", "joins_in", "language_code")
        own = (name_of(question) for question in self.questions)
        return (*GUEST_FIELDS, *choices, *own, *GUARDIAN_FIELDS, "needs")

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The event's own questions, for the template."""
        return [self[name_of(question)] for question in self.questions]

    def clean(self) -> dict[str, Any]:
        """Ask for a guardian before a guest has looked for the code; the service asks again."""
        cleaned = super().clean()
        is_asked = cleaned.get("age") == MINOR and not {*GUARDIAN_FIELDS} & {*self.errors}
        refusal = is_asked and refusal_of(
            self.event,
            name=cleaned.get("guardian_name", ""),
            agrees=cleaned.get("guardian_agrees", False),
            email=cleaned.get("guardian_email", ""),
            own_email=cleaned.get("email", ""),
        )
        if refusal:
            self.add_error(refusal.field, str(refusal))
        return cleaned

    def details(self) -> dict[str, Any]:
        """Return what the services take, by the names of their arguments."""
        cleaned = self.cleaned_data
        names = ("form_token", "party_size", "joins_in", "language_code", "needs")
        return {
            **{name: cleaned[name] for name in names},
            "is_minor": cleaned.get("age") == MINOR,
            "guardian_name": cleaned.get("guardian_name", ""),
            "guardian_agrees": cleaned.get("guardian_agrees", False),
            **{name: cleaned.get(name, "") for name in BY_MAIL},
            "answers": {
                question.identifier: stored(question, cleaned.get(name_of(question)))
                for question in self.questions
            },
        }

    def choices_made(self) -> dict[str, list[str]]:
        """Return what was typed, to show or to send it again after another page."""
        return {name: self.data.getlist(name) for name in self.fields if name in self.data}


class SignUpForm(PlaceForm):
    """The form to take a place, or a turn in the waiting list, with an account."""

    token_purpose = PURPOSE

    may_wait = forms.BooleanField(
        label=_("Put all of us on the waiting list instead"),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a group that can never come before a guest has looked for the code."""
        cleaned = super().clean()
        if (cleaned.get("party_size") or 0) > self.event.max_party_size:
            self.add_error("party_size", str(PartyTooLarge(self.event.max_party_size)))
        return cleaned

    def details(self) -> dict[str, Any]:
        return {**super().details(), "may_wait": self.cleaned_data.get("may_wait", False)}

    def attempt(self, service: Callable[..., Done], *args: Any, **kwargs: Any) -> Done | None:
        """As every form that writes; when places are too few, also offer to wait for all."""

        def remembering(*args: Any, **kwargs: Any) -> Done:
            try:
                return service(*args, **kwargs)
            except EventFull as refusal:
                if refusal.may_wait:
                    self.fields["may_wait"].widget = forms.CheckboxInput()
                raise

        return super().attempt(remembering, *args, **kwargs)


class GuestSignUpForm(GuestFields, SignUpForm):
    """The form for somebody without an account."""

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.fields["city"].offer(lambda: event.partner_cities)


class ChangeForm(PlaceForm):
    """What can be changed about a place, starting with what it is now."""

    token_purpose = CHANGE

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        self.registration = registration
        super().__init__(*args, event=registration.event, initial=self._now(registration), **kwargs)

    def _left_out(self) -> tuple[str, ...]:
        """What a guardian has confirmed nobody else changes."""
        is_confirmed = self.registration.is_confirmed_by_guardian
        return GUARDIAN_FIELDS if is_confirmed else super()._left_out()

    @staticmethod
    def _now(registration: Registration) -> dict[str, Any]:
        asked = questions_of(registration.event)
        return {
            "party_size": registration.party_size,
            "joins_in": registration.joins_in.code if registration.joins_in else None,
            "language_code": registration.language_code or EITHER,
            "needs": registration.needs,
            "age": MINOR if registration.is_minor else ADULT,
            "guardian_name": registration.guardian_name,
            "guardian_agrees": registration.guardian_agreed_at is not None,
            "guardian_email": registration.guardian_email,
            "guardian_language": registration.guardian_language or active(),
            **{name_of(each): registration.answers.get(each.identifier) for each in asked},
        }
