"""What a resident tells about themselves: name, home city, language, organisation if any."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.cities.models import City
from partnership.pages import languages
from partnership.people.enums import OrganisationKind
from partnership.people.models import Resident
from partnership.people.organisation_fields import OrganisationKindField
from partnership.people.organisations import checked_organisation
from partnership.people.text_fields import NameField, PlainTextField
from partnership.refusals import Refused

ELSEWHERE = "elsewhere"


class HomeCityField(forms.ChoiceField):
    """Asks for a city of the partnership, or elsewhere; gives a City, or None for elsewhere.

    Nothing is chosen beforehand. Show a city with ``HomeCityField.code_of(city)``. A former
    partner is offered to those alone who live there already, or where a form says so by
    ``offer()``.
    """

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Where do you live?"))
        kwargs.setdefault("error_messages", {"required": _("Choose where you live.")})
        super().__init__(**kwargs)
        self.offer(City.objects.partners)

    def offer(self, cities: Callable[[], Iterable[City]]) -> None:
        """Ask for one of these, which are read when they are shown and when one was chosen."""
        self.known_cities = cities
        self.choices = lambda: [
            *((city.code, str(city)) for city in cities()),
            (ELSEWHERE, _("Somewhere else")),
        ]

    @staticmethod
    def code_of(city: City | None) -> str:
        """Return the choice that stands for a city."""
        return city.code if city else ELSEWHERE

    def clean(self, value: Any) -> City | None:
        self._cities = {city.code: city for city in self.known_cities()}  # read once for both steps
        return self._cities.get(super().clean(value))

    def valid_value(self, value: Any) -> bool:
        return value == ELSEWHERE or value in self._cities


class LanguageField(forms.ChoiceField):
    """Asks for one of the partner languages, each by its own name."""

    widget = forms.RadioSelect
    options_are_languages = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, initial=languages.active, **kwargs)


class DetailsFields(forms.Form):
    """The questions about a resident, the same when joining and later."""

    name = NameField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Shown beside what you write on this site."),
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    city = HomeCityField()
    language_code = LanguageField(
        label=_("Language of our mails to you"),
        error_messages={"required": _("Choose a language.")},
    )
    organisation_name = PlainTextField(
        label=_("Name of the organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_kind = OrganisationKindField()

    #: Whose details they are; nobody's while they join.
    resident: Resident | None = None

    def clean(self) -> dict[str, Any]:
        """An organisation has a name and a kind, or there is none."""
        cleaned = super().clean() or self.cleaned_data
        name, kind = cleaned.get("organisation_name"), cleaned.get("organisation_kind")
        if name and not kind and "organisation_kind" not in self.errors:
            self.add_error("organisation_kind", _("Choose what kind of organisation it is."))
        needs_name = kind and kind != OrganisationKind.CITY_HALL
        if needs_name and not name and "organisation_name" not in self.errors:
            self.add_error("organisation_name", _("Write the name of the organisation."))
        if kind and not self.has_error("organisation_name"):
            self._check_organisation(cleaned, kind, name or "")
        return cleaned

    def _check_organisation(self, cleaned: dict[str, Any], kind: str, name: str) -> None:
        try:
            organisation = checked_organisation(kind, name, person=self.resident)
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))
        else:
            cleaned["organisation_name"] = organisation.name

    def details(self) -> dict[str, Any]:
        """Return the answers by the names of Resident's columns."""
        names = ("name", "city", "language_code", "organisation_name", "organisation_kind")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def speaks_for_organisation(self) -> bool:
        """Whether the questions about an organisation should stand open."""
        names = ("organisation_name", "organisation_kind")
        return any(self[name].value() or self[name].errors for name in names)

    def signup(self, request: Any, resident: Any) -> None:
        """Allauth asks for it; the adapter has saved the details with the account."""


class DetailsForm(DetailsFields):
    """The details of an account that exists."""

    def __init__(self, *args: Any, resident: Any, **kwargs: Any) -> None:
        initial = {
            "name": resident.name,
            "city": HomeCityField.code_of(resident.city),
            "language_code": resident.language_code,
            "organisation_name": resident.organisation_name,
            "organisation_kind": resident.organisation_kind,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.resident = resident
        if resident.city and resident.city.has_left:
            self.fields["city"].offer(lambda: [*City.objects.partners(), resident.city])
        self.fields["organisation_kind"] = OrganisationKindField(person=resident)
