"""Who shall speak for a partner, in the admin."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from home.partners.voices.querysets import day_in_the_last_place
from home.partners.voices.services import give
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.people.text_fields import MailboxField


class VoiceForm(TwoHandsForm, WagtailAdminModelForm):
    """Asks an account; once it is asked only the last day can be changed."""

    email = MailboxField(
        label=_("E-mail address of the account"),
        help_text=_(
            "They get a mail and agree under My participation. From then on they can write in"
            " the name of the partner, and readers see that the partner confirms it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["partner"].disabled = self.fields["email"].disabled = True
            self.initial["email"] = self.instance.participant.email
        else:
            partners = Partner.objects.public().current(timezone.localdate())
            known = partners.of_editor(self.for_user) if self.for_user else partners
            self.fields["partner"].queryset = known

    def clean_valid_until(self) -> date | None:
        """Nobody is asked for days that are past; a voice that has run out keeps its last day."""
        day: date | None = self.cleaned_data["valid_until"]
        if day and day < day_in_the_last_place() and day != self.instance.valid_until:
            raise forms.ValidationError(_("This day is past: choose a later one, or none."))
        return day

    def save(self, commit: bool = True) -> PartnerVoice:
        """Ask them, or note another last day; raises what ``give`` raises."""
        if self.instance.pk:
            changed: PartnerVoice = super().save(commit=commit)
            return changed
        asked = self.cleaned_data
        self.instance = give(
            asked["partner"],
            email=asked["email"],
            valid_until=asked.get("valid_until"),
            by=self.for_user,
        )
        return self.instance
