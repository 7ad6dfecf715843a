"""The questions about who is speaking, the same beside answers, comments and statements."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from consultations.models.voices import LONGEST_ORGANISATION
from consultations.speaking.refusals import SpeakerNotSaid
from consultations.speaking.rules import MYSELF, ONESELF, ORGANISATION, Voice, checked_voice
from partnership.people.models import Resident
from partnership.people.organisation_fields import OrganisationKindField
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

VOICE_FIELDS = ("speaks_for", "organisation_name", "organisation_kind", "is_name_hidden")


class SpeaksForField(forms.ChoiceField):
    """For oneself or for an organisation; nothing sent is for oneself."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("You speak"),
            choices=((MYSELF, _("for myself")), (ORGANISATION, _("for an organisation"))),
            error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value or MYSELF))


class VoiceFields(forms.Form):
    """For whom somebody speaks; whoever says nothing about it speaks for themselves.

    ``cleaned_data`` holds a ``voice`` instead of the fields. An account that names an
    organisation is offered it, and chooses each time.
    """

    asks_for_voice = True
    can_hide_name = False
    #: Typed in by somebody else, as it was written.
    is_on_paper = False

    def __init__(self, *args: Any, speaker: Resident | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._speaker = speaker
        self._offered = speaker.organisation_name if speaker else ""
        if self.asks_for_voice:
            self._ask_for_voice(speaker)

    def _ask_for_voice(self, speaker: Resident | None) -> None:
        self.fields["speaks_for"] = SpeaksForField(
            initial=ORGANISATION if self._offered else MYSELF
        )
        self.fields["organisation_name"] = PlainTextField(
            label=_("Name of the organisation"),
            max_length=LONGEST_ORGANISATION,
            required=False,
            initial=self._offered,
            widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        )
        self.fields["organisation_kind"] = OrganisationKindField(
            person=speaker,
            offers_all=self.is_on_paper,
            initial=speaker.organisation_kind if speaker else "",
        )
        if self.can_hide_name and speaker is not None:
            self.fields["is_name_hidden"] = forms.BooleanField(
                label=_("Do not show my name"),
                help_text=_("Readers see your city only. You can still change and withdraw it."),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sent = [cleaned.pop(name, "") for name in VOICE_FIELDS[:3]]
        try:
            cleaned["voice"] = self._voice(*sent)
        except Refused as refusal:
            if not any(map(self.has_error, VOICE_FIELDS)):
                self.add_error(refusal.field, str(refusal))
        return cleaned

    def _voice(self, speaks_for: str, name: str, kind: str) -> Voice:
        """What was said, whole; an organisation that was only offered says nothing."""
        if speaks_for != ORGANISATION or not self.asks_for_voice:
            if name and name != self._offered:
                raise SpeakerNotSaid
            return ONESELF
        said = Voice(kind or "-", name)
        checked = checked_voice(said, speaker=self._speaker, is_on_paper=self.is_on_paper)
        return Voice(**checked)

    @property
    def own_fields(self) -> list[BoundField]:
        """What the form asks besides, in its order."""
        return [field for field in self.visible_fields() if field.name not in VOICE_FIELDS]

    @property
    def voice_fields(self) -> list[BoundField]:
        """Who is speaking."""
        return [self[name] for name in VOICE_FIELDS if name in self.fields]

    @property
    def asks_about_name(self) -> bool:
        """Whether the name can be kept from readers."""
        return "is_name_hidden" in self.fields

    @property
    def is_voice_open(self) -> bool:
        """Whether these questions should stand open: something is said there already."""
        hides_name = self.asks_about_name and self["is_name_hidden"].value()
        speaks_for_others = self["speaks_for"].value() == ORGANISATION
        return bool(hides_name or speaks_for_others or any(map(self.has_error, VOICE_FIELDS)))
