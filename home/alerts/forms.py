"""Alerts, channels and numbers in the admin; and what residents want to hear of."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.drills.forms import InEveryLanguage
from home.alerts.enums import Act, Reach
from home.alerts.models import Alert, AlertWish, Channel, EmergencyNumbers
from home.alerts.services import note, own_cities
from partnership.cities.days import refuse_slips
from partnership.cities.models import City
from partnership.cities.wall_clock import set_zone
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident

NOTHING: tuple[str, Any] = ("none", _("None, I look at this site"))


class AlertForm(InEveryLanguage):
    """Public when it is saved: no draft, no review, no signature of another city.

    Its instants are read on the clock of the editor's city.
    """

    in_every_language = ("title", "text")
    instance: Alert

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].show_hidden_initial = False  # what is stored is compared with
        city = self._city_of_the_clock()
        if city is not None:
            set_zone(self, city.time_zone)
            for name in ("starts_at", "ends_at"):
                self.fields[name].help_text = format_lazy(
                    "{} {}", _("On the clock of this city:"), city
                )
        self.fields["cities"].widget = forms.CheckboxSelectMultiple(
            choices=self.fields["cities"].choices
        )

    def _city_of_the_clock(self) -> City | None:
        cities = list(City.objects.all())
        own = own_cities(cities, self.for_user) if self.for_user else []
        return next(iter((*own, *cities)), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_cities(cleaned.get("cities"))
        self._check_end(cleaned)
        refuse_slips(self, "starts_at", "ends_at")
        if self.instance.pk and self.instance.is_over():
            self.add_error(
                None, _("It is over, and what readers were told stays: publish a new alert.")
            )
        return cleaned

    def _check_cities(self, chosen: Any) -> None:
        editor = self.for_user
        if editor is None or editor.is_superuser or chosen is None:
            return
        if not own_cities(chosen or City.objects.all(), editor):
            self.add_error("cities", _("Choose a city you work for, alone or with others."))

    def _check_end(self, cleaned: dict[str, Any]) -> None:
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if ends_at and ends_at <= timezone.now():
            self.add_error("ends_at", _("This has passed: until when is it in force?"))
        elif starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It must end after it starts."))

    def save(self, commit: bool = True) -> Any:
        """Save it, and write down who published or changed it."""
        act = Act.CHANGED if self.instance.pk else Act.PUBLISHED
        saved = super().save(commit=commit)
        if act == Act.PUBLISHED or self.has_changed():
            note(saved, act, by=self.for_user)
        return saved


class ChannelForm(InEveryLanguage):
    """A channel with the offices that answer for it; at least one is in the editor's city."""

    in_every_language = ("purpose", "primary_way")
    instance: Channel

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        written = [cleaned.get(localized("fallback_way", code)) for code in CODES]
        if any(written):
            self.ask_for_languages(self, ("fallback_way",))
        if cleaned.get("fallback_is_public") and not any(written):
            self.add_error("fallback_is_public", _("There is no second way to show."))
        return cleaned

    def is_valid(self) -> bool:
        """Also look at the offices, whose answers stand beside their fields."""
        is_valid: bool = super().is_valid()
        return self._offices_fit() and is_valid if self.is_bound else is_valid

    def _offices_fit(self) -> bool:
        formset = self.formsets["offices"]
        if not formset.is_valid():
            return False
        rows = [row for row in formset.forms if row not in formset.deleted_forms]
        rows = [row for row in rows if row.cleaned_data.get("city")]
        for row in rows:
            self.ask_for_languages(row, ("office",))
        editor = self.for_user
        is_free = editor is None or editor.is_superuser
        if not rows or not (
            is_free or own_cities([row.cleaned_data["city"] for row in rows], editor)
        ):
            self.add_error(None, _("Name an office that answers for it in a city you work for."))
            return False
        return not any(row.errors for row in rows)


class NumbersForm(InEveryLanguage):
    """Whom to call in a city the editor works for."""

    instance: EmergencyNumbers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not self.for_user.is_superuser:
            self.fields["city"].queryset = self.for_user.edits_for.all()


class WishForm(forms.Form):
    """Of which alerts a resident wants to hear by mail, at once."""

    reach = forms.ChoiceField(
        label=_("Write to me at once when there is an alert"),
        widget=forms.RadioSelect,
        choices=(NOTHING, *Reach.choices),
    )

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        known = AlertWish.objects.filter(resident=resident).first()
        initial = {"reach": known.reach if known else NOTHING[0]}
        super().__init__(*args, initial=initial, **kwargs)
        if resident.city_id is None and initial["reach"] != Reach.HOME:
            self.fields["reach"].choices = (NOTHING, (Reach.ALL, Reach.ALL.label))

    @property
    def wanted(self) -> Reach | None:
        """What was chosen; None for nothing."""
        chosen = self.cleaned_data["reach"]
        return None if chosen == NOTHING[0] else Reach(chosen)
