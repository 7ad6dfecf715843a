"""The forms of those who code texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.analysis.models import Theme
from consultations.analysis.texts import ANSWER, COMMENT, READ, READ_TWICE, UNREAD, View
from consultations.enums import QuestionType
from consultations.models import ConsultationPage
from partnership.cities.models import City
from partnership.pages.editing import ThingForm
from partnership.pages.languages import CODES, field_names, own_name
from partnership.people.text_fields import PlainTextField

ANYTHING = pgettext_lazy("texts", "All")


class ViewForm(forms.Form):
    """Which texts: by where they were written, language, city, theme, who has read them, words."""

    source = forms.ChoiceField(label=_("Written as"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    reading = forms.ChoiceField(
        label=_("Read"),
        required=False,
        choices=(
            ("", ANYTHING),
            (UNREAD, _("not by me yet")),
            (READ, _("by somebody")),
            (READ_TWICE, _("by two or more")),
        ),
    )
    words = PlainTextField(label=_("Words in it"), required=False, max_length=100)

    def __init__(self, *args: Any, consultation: ConsultationPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = consultation.questions.filter(type=QuestionType.LONG_TEXT)
        themes = Theme.objects.filter(consultation=consultation).in_order()
        choices: dict[str, list[tuple[str, Any]]] = {
            "source": [(COMMENT, _("comment")), *((each.identifier, each.text) for each in asked)],
            "language": [(code, own_name(code)) for code in CODES],
            "city": [(city.code, city.name) for city in City.objects.all()],
            "theme": [(str(theme.number), str(theme)) for theme in themes],
        }
        fields: dict[str, Any] = self.fields
        for name, offered in choices.items():
            fields[name].choices = [("", ANYTHING), *offered]

    @property
    def view(self) -> View:
        """What was asked; what makes no sense counts as not asked."""
        self.is_valid()
        return View.from_query({name: str(each) for name, each in self.cleaned_data.items()})


class SaveForm(forms.Form):
    """The name of a view."""

    name = PlainTextField(label=_("Name of this view"), max_length=60)


class CodingForm(forms.Form):
    """Under which themes a text is put; none is an answer too."""

    kind = forms.ChoiceField(choices=((COMMENT, COMMENT), (ANSWER, ANSWER)))
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    themes = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, consultation: ConsultationPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = Theme.objects.filter(consultation=consultation).values_list("number", flat=True)
        fields: dict[str, Any] = self.fields
        fields["themes"].choices = [(number, number) for number in numbers]


class ThemeForm(ThingForm):
    """A theme in every language; its consultation stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for column in field_names("title"):
            fields[column].required = True
        fields["consultation"].disabled = bool(self.instance.pk)
        fields["consultation"].empty_label = None
        if self.for_user is not None:
            own = ConsultationPage.objects.of_moderator(self.for_user)
            fields["consultation"].queryset = own.order_by("-closes_at")
