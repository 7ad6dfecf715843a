"""What residents fill in to propose an idea, and to put it in other words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.conversation.forms import EditForm
from consultations.forms import LanguageField, with_language
from consultations.ideas.neighbourhoods import neighbourhoods_of
from consultations.ideas.services import IDEA, place_of
from consultations.models import ConsultationPage
from consultations.models.ideas import LONGEST_IDEA, LONGEST_TITLE, joined
from consultations.speaking.forms import VoiceFields
from partnership.cities.models import Neighbourhood
from partnership.people.guarded_forms import GuardedForm
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused


class TitleField(PlainTextField):
    """The name of an idea, on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your idea in a few words"),
            max_length=LONGEST_TITLE,
            error_messages={"required": _("Give your idea a title.")},
            **kwargs,
        )


class IdeaTextField(PlainTextField):
    """What there is to say about it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("What should happen, where and why?"),
            max_length=LONGEST_IDEA,
            widget=forms.Textarea(attrs={"rows": 6}),
            error_messages={"required": _("Say what your idea is.")},
            **kwargs,
        )


class IdeaForm(VoiceFields, GuardedForm):
    """An idea; the box appears once something like it was found."""

    token_purpose = IDEA
    can_hide_name = True
    title = TitleField()
    text = IdeaTextField()
    neighbourhood: Any = forms.ModelChoiceField(
        label=_("Is it about a neighbourhood?"),
        queryset=Neighbourhood.objects.select_related("city"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
    )
    point = PlainTextField(
        label=_("Where is it? Set a pin on the map"),
        help_text=_(
            "Latitude and longitude, for example 41.6523, -3.2871. Readers see the place with "
            "your idea, about ten metres exact."
        ),
        max_length=60,
        required=False,
    )
    language_code = LanguageField()
    has_seen_similar = forms.BooleanField(
        label=_("None of these is my idea"), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        consultation: ConsultationPage,
        has_maps: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(with_language(data), *args, **kwargs)
        if not has_maps:
            del self.fields["point"]
        if not self.data.get("language_code"):
            del self.fields["language_code"]
        offered = neighbourhoods_of(consultation)
        if offered:
            choices = [(one.pk, f"{one} ({one.city})") for one in offered]
            self.fields["neighbourhood"].widget.choices = [("", _("No, or several")), *choices]
        else:
            del self.fields["neighbourhood"]

    def clean_point(self) -> str:
        """What was typed, if it is a place: guests are told before they wait for a code."""
        point: str = self.cleaned_data["point"]
        try:
            place_of(point)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return point

    def ask_about(self) -> None:
        """Show the box to tick: something like it was found."""
        self.fields["has_seen_similar"].widget = forms.CheckboxInput()


class IdeaEditForm(EditForm):
    """Other words for one's own idea."""

    field_order = ("title", "text")
    title = TitleField()
    text = IdeaTextField()

    def clean(self) -> dict[str, Any]:
        """Give the service the words as one text."""
        values = super().clean() or self.cleaned_data
        title = values.pop("title", "")
        if title and "text" in values:
            values["text"] = joined(title, values["text"])
        return values
