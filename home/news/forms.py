"""What somebody wants to hear of; and the greeting above an issue."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.drills.forms import InEveryLanguage
from events.fields import CodesFormField
from home.news.enums import Rhythm, Topic
from home.news.models import EVERYTHING, Issue, NewsWish
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized
from partnership.people.details import LanguageField
from partnership.people.guest_forms import OwnAddressForm

ALL = ""


class CityChoice(forms.ChoiceField):
    """All cities, or one; gives a City, or None for all."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, choices=self._options, **kwargs)

    @staticmethod
    def _options() -> list[tuple[str, Any]]:
        return [(ALL, _("All cities")), *((each.code, str(each)) for each in City.objects.all())]

    def clean(self, value: Any) -> City | None:
        code = super().clean(value)
        return City.objects.filter(code=code).first() if code else None


class WishForm(forms.Form):
    """The choices, as ``services.wish`` takes them."""

    topics = CodesFormField(
        label=_("What do you want to hear of?"),
        choices=Topic.choices,
        initial=EVERYTHING,
        error_messages={"required": _("Choose one thing at least.")},
    )
    city = CityChoice(
        label=_("About which city?"),
        help_text=_("If you choose none, you hear of all cities."),
        initial=ALL,
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often.")},
    )
    language_code = LanguageField(
        label=_("In which language?"), error_messages={"required": _("Choose a language.")}
    )

    def __init__(self, data: Any = None, *, wish: NewsWish | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _as_initial(wish) if wish else {})
        super().__init__(data, **kwargs)

    def choices(self) -> dict[str, Any]:
        """What was chosen."""
        return {name: self.cleaned_data[name] for name in WishForm.base_fields}


class GuestWishForm(OwnAddressForm, WishForm):
    """The same of somebody without an account."""

    field_order = ("topics", "city", "rhythm", "language_code", "email")


def _as_initial(wish: NewsWish) -> dict[str, Any]:
    return {
        "topics": wish.topics,
        "city": wish.city.code if wish.city else ALL,
        "rhythm": wish.rhythm,
        "language_code": wish.language_code,
    }


class GreetingForm(InEveryLanguage):
    """A greeting in every language, or none; readers of all languages get the same issue."""

    in_every_language = ()
    instance: Issue

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if any(cleaned.get(localized("greeting", code)) for code in CODES):
            self.ask_for_languages(self, ("greeting",))
        if not self.instance.is_ahead(timezone.now()):
            self.add_error(None, _("This issue has left. Greet the readers of the next one."))
        return cleaned
