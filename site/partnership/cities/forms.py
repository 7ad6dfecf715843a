"""The forms of a city and of its parts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.localization import get_available_admin_time_zones

from partnership.cities.logos import why_unfit
from partnership.cities.models import LETTERS, is_currency
from partnership.pages.languages import field_names
from partnership.pages.two_hands.forms import TwoHandsForm


class CityForm(TwoHandsForm, WagtailAdminModelForm):
    """Offers languages and time zones to choose from; they are no choices of the model, which
    would write one pair of languages into the migrations.
    """

    language_code = forms.ChoiceField(label=capfirst(_("language of the city hall")))
    time_zone = forms.ChoiceField(label=capfirst(_("time zone")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language_code"].choices = settings.LANGUAGES
        self.fields["time_zone"].choices = [
            (zone, zone) for zone in get_available_admin_time_zones()
        ]

    def clean_logo(self) -> Any:
        logo = self.cleaned_data["logo"]
        if "logo" in self.changed_data and (words := why_unfit(logo)):
            raise forms.ValidationError(words)
        return logo

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        is_currency(currency)
        return currency

    def clean_position(self) -> int:
        position: int = self.cleaned_data["position"]
        if position >= len(LETTERS):
            highest = len(LETTERS) - 1
            raise forms.ValidationError(
                _("Choose a number from 0 to %(highest)s.") % {"highest": highest}
            )
        return position


class OfOwnCityForm:
    """Part of the form of what belongs to one city: offers an editor those they work for."""

    for_user: Any
    fields: dict[str, Any]
    initial: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or self.for_user.is_superuser:
            return
        own = self.for_user.edits_for.all()
        self.fields["city"].queryset = own
        if self.instance.city_id is None and len(own) == 1:
            self.initial["city"] = own[0].pk


class NeighbourhoodForm(OfOwnCityForm, TwoHandsForm, WagtailAdminModelForm):
    """One name is enough, as many neighbourhoods are called the same in every language."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        names = field_names("name")
        if not any(cleaned.get(name) for name in names):
            self.add_error(names[0], _("Give it a name in one language at least."))
        return cleaned
