"""How an event is edited: on the clock of its own city, checked before it is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.plan_editing import PlanChecks
from events.sign_up_editing import SignUpChecks
from partnership.cities.models import City
from partnership.cities.wall_clock import known_zones, set_zone, validate_zone
from partnership.pages.languages import CODES, localized


class EventPageForm(SignUpChecks, PlanChecks):
    """Every time on the screen is read and shown in the zone chosen on that screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            self._offer_zones()
        if "asks_guardians" in self.fields and not self.instance.pk:
            self.initial["asks_guardians"] = True  # a new event; others stay as they are
        set_zone(self, self._zone())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_order("starts_at", "ends_at", _("The event must end after it starts."))
        self._check_order(
            "sign_up_opens_at", "sign_up_closes_at", _("Sign-up must close after it opens.")
        )
        self._check_order(
            "sign_up_closes_at", "ends_at", _("Sign-up must close before the event ends."), at=0
        )
        self._check_programme()
        self._check_venues()
        return cleaned

    # The clock -------------------------------------------------------------------------

    def _offer_zones(self) -> None:
        """Offer the cities' zones first; a new event starts in the editor's own."""
        own = list(dict.fromkeys(City.objects.values_list("time_zone", flat=True)))
        if not self.instance.time_zone:
            self.initial["time_zone"] = self._editors_zone() or next(iter(own), "UTC")
        others = sorted(known_zones() - set(own))
        field = self.fields["time_zone"]
        self.fields["time_zone"] = forms.ChoiceField(
            label=field.label,
            help_text=field.help_text,
            choices=((_("Our cities"), _choices(own)), (_("Elsewhere"), _choices(others))),
        )

    def _editors_zone(self) -> str:
        if self.for_user is None:
            return ""
        city = self.for_user.edits_for.first() or self.for_user.city
        return city.time_zone if city else ""

    def _zone(self) -> str:
        """Return the zone being chosen, as far as it is one."""
        written = self.data.get(self.add_prefix("time_zone")) if self.is_bound else None
        for name in (written, self.instance.time_zone, self.initial.get("time_zone")):
            try:
                validate_zone(name or "")
            except forms.ValidationError:
                continue
            return str(name)
        return "UTC"

    # What makes no sense ---------------------------------------------------------------

    def _check_order(self, first: str, second: str, message: Any, *, at: int = 1) -> None:
        """Say beside one of two times that the second must be later (or, at=0, not earlier)."""
        earlier, later = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if earlier and later and (later < earlier or (at and later == earlier)):
            self.add_error((first, second)[at], message)

    def _check_programme(self) -> None:
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        for item in self._rows("programme"):
            begins, ends = item.cleaned_data.get("starts_at"), item.cleaned_data.get("ends_at")
            if begins and ends and ends <= begins:
                item.add_error("ends_at", _("It must end after it starts."))
            if begins and starts_at and ends_at and not starts_at <= begins <= ends_at:
                item.add_error("starts_at", _("This is outside the hours of the event."))

    def _check_venues(self) -> None:
        seen: set[tuple[Any, tuple[str, ...]]] = set()
        for venue in self._rows("venues"):
            place = (venue.cleaned_data.get("city"), _words(venue, "name"))
            if place in seen:
                venue.add_error("city", _("This venue is already in the list."))
            seen.add(place)


def _choices(zones: list[str]) -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in zones]


def _words(row: Any, field: str) -> tuple[str, ...]:
    texts = (row.cleaned_data.get(localized(field, code)) or "" for code in CODES)
    return tuple(text.strip().casefold() for text in texts)
