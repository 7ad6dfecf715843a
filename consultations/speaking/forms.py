"""The questions about who is speaking, the same beside answers, comments and statements."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from consultations.models.voices import LONGEST_ORGANISATION
from consultations.speaking.confirmed import partner_named
from consultations.speaking.refusals import PartnerConfirmsVoices, SpeakerNotSaid
from consultations.speaking.rules import (
    MYSELF,
    ONESELF,
    ORGANISATION,
    Voice,
    checked_voice,
    voice_for,
)
from home.partners.models import Partner
from partnership.people.models import Resident
from partnership.people.organisation_fields import OrganisationKindField
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

SAYS_SO = "says_so"
VOICE_FIELDS = (
    "speaks_for",
    "organisation_name",
    "organisation_kind",
    SAYS_SO,
    "is_name_hidden",
)


def choice_of(partner: Partner) -> str:
    """What a form calls a partner that somebody speaks for."""
    return f"partner-{partner.pk}"


class SpeaksForField(forms.ChoiceField):
    """For oneself, a partner that confirms it, or any organisation; nothing is for oneself."""

    widget = forms.RadioSelect

    def __init__(self, *, partners: Iterable[Partner] = (), **kwargs: Any) -> None:
        self.partners = partners
        super().__init__(
            label=_("You speak"),
            choices=self._offered,
            error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
            **kwargs,
        )

    def _offered(self) -> Iterator[tuple[str, Any]]:
        yield MYSELF, _("for myself")
        for partner in self.partners:
            yield choice_of(partner), _("for %(partner)s") % {"partner": partner}
        yield ORGANISATION, _("for an organisation")

    def clean(self, value: Any) -> str:
        return str(super().clean(value or MYSELF))

    def valid_value(self, value: Any) -> bool:
        """Nobody is asked for partners as long as none is chosen."""
        return value in (MYSELF, ORGANISATION) or super().valid_value(value)

    def partner_of(self, value: str) -> Partner | None:
        """The partner that was chosen."""
        if value in (MYSELF, ORGANISATION):
            return None
        return next((each for each in self.partners if choice_of(each) == value), None)


class VoiceFields(forms.Form):
    """For whom somebody speaks; whoever says nothing about it speaks for themselves.

    ``cleaned_data`` holds a ``voice`` instead of the fields. An account that names an
    organisation is offered it, and chooses each time; so is one that ``partners`` confirmed.
    """

    asks_for_voice = True
    can_hide_name = False
    #: Typed in by somebody else, as it was written.
    is_on_paper = False

    def __init__(
        self,
        *args: Any,
        speaker: Resident | None = None,
        partners: Iterable[Partner] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._speaker, self._partners = speaker, partners
        self._offered = speaker.organisation_name if speaker else ""
        if self.asks_for_voice:
            self._ask_for_voice(speaker)

    def _ask_for_voice(self, speaker: Resident | None) -> None:
        self.fields["speaks_for"] = SpeaksForField(
            partners=self._partners, initial=ORGANISATION if self._offered else MYSELF
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
            partner = self.fields["speaks_for"].partner_of(speaks_for) if speaks_for else None
            return voice_for(partner) if partner else ONESELF
        said = Voice(kind or "-", name)
        checked = checked_voice(said, speaker=self._speaker, is_on_paper=self.is_on_paper)
        return self._unless_confirmed(Voice(**checked))

    def _unless_confirmed(self, said: Voice) -> Voice:
        """What was typed, unless a partner of that name confirms who speaks for it.

        Whoever it confirmed does speak for it; anybody else is asked once.
        """
        partner = None
        if not (self.is_on_paper or said.is_official):
            partner = partner_named(said.organisation_name)
        if partner is None:
            return said
        if partner in self._partners:
            return voice_for(partner)
        self.fields[SAYS_SO] = forms.BooleanField(
            label=_("I know that readers are told that I say so"), required=False
        )
        if not self.data.get(self.add_prefix(SAYS_SO)):
            raise PartnerConfirmsVoices(str(partner))
        return said

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
        """Whether these questions should stand open: something is said there, or offered."""
        hides_name = self.asks_about_name and self["is_name_hidden"].value()
        speaks_for_others = self["speaks_for"].value() == ORGANISATION or self._partners
        return bool(hides_name or speaks_for_others or any(map(self.has_error, VOICE_FIELDS)))
