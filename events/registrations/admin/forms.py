"""What staff fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.registrations.enums import EXPECTED, Format, RegistrationStatus
from partnership.pages.languages import CODES, own_name
from partnership.people.text_fields import PlainTextField

LONGEST_MESSAGE = 4000
#: Those one can write to: everybody who hopes to come, and everybody who did.
ADDRESSED = (*EXPECTED, RegistrationStatus.ATTENDED)


class PromotionForm(forms.Form):
    """Why this person comes before the others."""

    reason = PlainTextField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the place. Others who wait may ask for it."),
        error_messages={"required": _("Write why this person comes before the others.")},
    )


class MessageForm(forms.Form):
    """The same words in every language, to people in some states."""

    statuses = forms.MultipleChoiceField(
        label=_("To those who"),
        choices=[(status.value, status.label) for status in ADDRESSED],
        initial=[RegistrationStatus.REGISTERED.value],
        widget=forms.CheckboxSelectMultiple,
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
