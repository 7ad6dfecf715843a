"""What staff fill in."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.registrations.codes import in_groups, tidy
from events.registrations.enums import EXPECTED, Format, RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services.messages import WRITE
from partnership.cities.models import City
from partnership.pages.languages import CODES, own_name
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField

LONGEST_MESSAGE = 4000
#: Those one can write to: everybody who hopes to come, and everybody who did.
ADDRESSED = (*EXPECTED, RegistrationStatus.ATTENDED, RegistrationStatus.NO_SHOW)
#: Of those who wait, how many a screen offers a place to.
MOST_OFFERED = 200
#: Those to whom staff can give a place.
NOT_YET = (RegistrationStatus.WAITING, RegistrationStatus.OFFERED)


IN_ORDER = _("In the order of the waiting list. Places are given from the top.")
THE_FIRST = format_lazy(
    "{} {}",
    IN_ORDER,
    _("These are the first in line. Give others their place from the list of places."),
)


class PromotionForm(forms.Form):
    """Why this person comes before the others."""

    reason = PlainTextField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the place. Others who wait may ask for it."),
        error_messages={"required": _("Write why this person comes before the others.")},
    )


class ChosenField(forms.ModelMultipleChoiceField):
    """Whoever waits, in the order of the line, by name for those who may see names."""

    def __init__(self, *args: Any, sees_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.sees_people = sees_people

    def label_from_instance(self, registration: Any) -> str:
        told = {
            "name": self.name_of(registration),
            "people": registration.party_size,
            "city": registration.city or gettext("from elsewhere"),
        }
        sentence = ngettext(
            "%(name)s, %(people)d person, %(city)s",
            "%(name)s, %(people)d people, %(city)s",
            registration.party_size,
        )
        return sentence % told

    def name_of(self, registration: Registration) -> str:
        """The name, or the code for those who may not see names."""
        return str(registration.participant) if self.sees_people else registration.code


class GivePlacesForm(PromotionForm):
    """Who of those who wait gets a place, and why."""

    def __init__(self, *args: Any, event: EventPage, sees_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hoping = event.registrations.filter(status__in=NOT_YET).order_by("created_at", "pk")
        first = list(hoping.values_list("pk", flat=True)[: MOST_OFFERED + 1])
        self.fields["chosen"] = ChosenField(
            label=_("Who"),
            queryset=hoping.filter(pk__in=first[:MOST_OFFERED])
            .select_related("event")
            .with_people(),
            sees_people=sees_people,
            help_text=IN_ORDER if len(first) <= MOST_OFFERED else THE_FIRST,
            error_messages={"required": _("Choose at least one.")},
        )
        self.order_fields(("chosen", "reason"))

    def name_of(self, registration: Registration) -> str:
        """What to call somebody on this screen."""
        return self.fields["chosen"].name_of(registration)


class GiveBackForm(forms.Form):
    """Whose places are given back for them, by their codes, and why."""

    codes = forms.CharField(
        label=_("Codes"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Of those who cannot come, one on each line. A code stands in the list of places and "
            "in the person's mail."
        ),
    )
    reason = PlainTextField(
        label=_("Reason"), max_length=300, help_text=_("Kept with the place; not in the mail.")
    )

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_codes(self) -> list[Registration]:
        """Return the registrations, each once, in the order they were written."""
        lines = self.cleaned_data["codes"].split()
        wanted = list(dict.fromkeys(filter(None, map(tidy, lines))))
        hoping = self.event.registrations.hoping().filter(code__in=wanted)
        found = {each.code: each for each in hoping.select_related("event").with_people()}
        unknown = [in_groups(code) for code in wanted if code not in found]
        if unknown or not wanted:
            sentence = gettext("Nobody has a place here, or waits for one, with: %(codes)s")
            raise forms.ValidationError(sentence % {"codes": ", ".join(unknown)})
        return [found[code] for code in wanted]


class MessageForm(OneUseForm):
    """The same words in every language, to people in some states."""

    token_purpose = WRITE

    statuses = forms.MultipleChoiceField(
        label=_("To those who"),
        choices=[(status.value, status.label) for status in ADDRESSED],
        initial=[RegistrationStatus.REGISTERED.value],
        widget=forms.CheckboxSelectMultiple,
    )
    joins_in: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("And take part in"),
        queryset=City.objects.all(),
        required=False,
        empty_label=_("Whichever city"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CODES:
            name = own_name(code)
            self.fields[f"subject_{code}"] = PlainTextField(
                label=_("Subject (%(language)s)") % {"language": name}, max_length=120
            )
            self.fields[f"text_{code}"] = PlainTextField(
                label=_("Text (%(language)s)") % {"language": name},
                max_length=LONGEST_MESSAGE,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def words(self) -> dict[str, dict[str, str]]:
        """Return subject and text by language."""
        return {
            code: {name: self.cleaned_data[f"{name}_{code}"] for name in ("subject", "text")}
            for code in CODES
        }


class PlacesExportForm(forms.Form):
    """How the list leaves the house, and whether with people."""

    file_format = forms.ChoiceField(label=_("Format"), choices=Format, initial=Format.CSV)
    with_people = forms.BooleanField(
        label=_("With names, addresses, needs and answers"), required=False
    )
    reason = PlainTextField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed for names and addresses, and kept in the log."),
    )

    def __init__(self, *args: Any, sees_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_people:
            del self.fields["with_people"], self.fields["reason"]
