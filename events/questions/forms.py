"""What is typed: a question, the code on the wall, an address; and the two forms of the admin."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.drills.forms import InEveryLanguage
from events.models import EventPage
from events.questions.codes import tidy
from events.questions.models import LONGEST_QUESTION, LiveQuestion, QuestionTime
from events.questions.refusals import WrongHallCode
from events.questions.services.asking import ASK
from partnership.cities.former import there_at
from partnership.cities.models import City
from partnership.cities.wall_clock import set_zone
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import active, field_names, localized
from partnership.pages.publishing import PublishedForm
from partnership.people.details import HomeCityField, LanguageField
from partnership.people.guarded_forms import GuardedForm
from partnership.people.guest_forms import GuestFields
from partnership.people.guests import GuestDetails
from partnership.people.text_fields import PlainTextField


class AskForm(GuardedForm):
    """A question, and the language it is asked in."""

    token_purpose = ASK

    words = PlainTextField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )
    language_code = LanguageField(label=_("I ask in"))

    def clean_words(self) -> str:
        """One line: it stands on a wall."""
        return " ".join(self.cleaned_data["words"].split())


class HallForm(forms.Form):
    """The code on the wall, and the hall it was read in."""

    code = forms.CharField(
        label=_("Code on the wall"),
        max_length=20,
        error_messages={"required": WrongHallCode().message},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    hall = HomeCityField(
        label=_("Where are you?"), error_messages={"required": _("Choose the hall you are in.")}
    )

    def __init__(self, *args: Any, time: QuestionTime, cities: list[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time = time
        venues = {venue.city_id for venue in time.event.venue_list}
        there = there_at(time.event, cities)
        self.halls = [city for city in there if not venues or city.pk in venues]
        field = self.fields["hall"]
        field.known_cities = lambda: self.halls
        field.choices = [(city.code, _in_the_hall(city)) for city in self.halls]
        if len(self.halls) == 1:
            del self.fields["hall"]

    def clean_code(self) -> str:
        code = tidy(self.cleaned_data["code"])
        if code != self.time.code:
            raise forms.ValidationError(str(WrongHallCode()))
        return code

    @property
    def city(self) -> City | None:
        """Whose hall it is."""
        return self.cleaned_data["hall"] if "hall" in self.fields else self.halls[0]


def _in_the_hall(city: City) -> str:
    return str(_("In the hall of %(city)s") % {"city": city})


class CodeForm(forms.Form):
    """The code alone, for whoever typed the short address."""

    code = forms.CharField(
        label=_("Code on the wall"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AddressForm(GuestFields):
    """Address and home city of a guest; no name, because none is ever shown."""

    name = None  # so Django takes a field of the parent away

    def guest_details(self) -> GuestDetails:
        told = {name: self.cleaned_data[name] for name in ("email", "city")}
        return GuestDetails(name="", language_code=active(), **told)


class QuestionTimeForm(PublishedForm):
    """Public when it is saved; its instants are read on the clock of the event."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = EventPage.objects.order_by("-starts_at")
        if self.for_user is not None:
            events = events.own_of(self.for_user)
        if self.instance.pk:
            self.fields["event"].disabled = True
        else:
            events = events.filter(question_time=None)
        self.fields["event"].queryset = events
        event = self._event(events)
        if event is not None:
            set_zone(self, event.time_zone)

    def _event(self, events: Any) -> EventPage | None:
        """The event as far as it is chosen."""
        if self.instance.pk:
            return self.instance.event
        typed = self.data.get(self.add_prefix("event")) if self.is_bound else None
        key = key_in(str(typed or self.initial.get("event") or ""))
        return events.filter(pk=key).first() if key else None

    def goes_public(self) -> bool:
        return True


class WordsForm(InEveryLanguage):
    """A question in the languages it was not asked in, and what was answered."""

    in_every_language = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop(localized("rendering", self.instance.language_code), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if any(cleaned.get(name) for name in field_names("answer")):
            self.ask_for_languages(self, ("answer",))
        return cleaned

    def save(self, commit: bool = True) -> LiveQuestion:
        """Also count as answered what is answered in writing, unless it is on the wall now."""
        question: LiveQuestion = self.instance
        on_the_wall = question.is_being_answered and question.question_time.is_open
        if question.answer and question.answered_at is None and not on_the_wall:
            question.answered_at = timezone.now()
        saved: LiveQuestion = super().save(commit=commit)
        return saved
