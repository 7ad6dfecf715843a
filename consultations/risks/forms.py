"""Risks and contingency plans in the admin."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.risks.models import Risk
from consultations.risks.services import CAUSES, LEVELS, keep_rating
from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus
from partnership.cities.days import refuse_slips
from partnership.cities.models import City
from partnership.cities.today import latest_today
from partnership.pages.languages import CODES, field_names, localized, name_in_words
from partnership.pages.publishing import PublishedForm
from partnership.pages.wording import slots

#: What has an end is threatened by nothing.
AHEAD = (*OUTSTANDING, CommitmentStatus.PROPOSED, CommitmentStatus.CONTINUED)
ACTIONS = ("trigger", "first_action", "second_action", "third_action")
DUTIES = ("first_by", "second_by", "third_by")


class RiskForm(PublishedForm):
    """A risk that is kept from readers may be half written; a rating that changes says why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason_before = [getattr(self.instance, name) for name in field_names("reason")]
        self.levels_before = self.instance.levels if self.instance.pk else None
        self.cities_before = set(self.instance.cities.all()) if self.instance.pk else set()
        for name in field_names("event"):
            self.fields[name].required = True
        for name in LEVELS:
            levels = self.fields[name]
            levels.choices = [
                (value, f"{value}: {label}" if value else label) for value, label in levels.choices
            ]
        self.fields["is_published"].help_text = _(
            "Readers see it, with every rating until now and why it was rated so. Leave out what"
            " would help somebody do harm."
        )
        self._offer_causes()
        threatened = self.fields["threatens"]
        ahead = threatened.queryset.filter(
            Q(status__in=AHEAD, roadmap__live=True) | Q(risks=self.instance.pk)
        )
        threatened.queryset = ahead.select_related("roadmap").distinct()
        threatened.label_from_instance = lambda one: f"{one.roadmap.year}: {one}"

    def _offer_causes(self) -> None:
        """What readers know of drills and lessons, and what is chosen already."""
        seen, learned = (self.fields[name] for name in CAUSES)
        for field, chosen in ((seen, "observation_id"), (learned, "lesson_id")):
            rows = field.queryset.model.objects
            known = Q(pk__in=rows.public().order_by().values("pk"))
            field.queryset = rows.filter(known | Q(pk=getattr(self.instance, chosen)))
        seen.queryset = seen.queryset.select_related("review__drill").order_by(
            "-review__held_on", "review", "sort_order", "pk"
        )
        seen.label_from_instance = lambda one: f"{one.review.drill.title}: {one}"
        learned.queryset = learned.queryset.order_by("-debrief__held_on", "sort_order", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_cities(cleaned)
        if all(cleaned.get(name) for name in CAUSES):
            self.add_error("lesson", _("Choose what was seen, or the lesson: not both."))
        self._ask_why(cleaned)
        refuse_slips(self, "review_by")
        return cleaned

    def _check_cities(self, cleaned: dict[str, Any]) -> None:
        if self.for_user is None or self.for_user.is_superuser or "cities" not in cleaned:
            return
        chosen, own = set(cleaned["cities"]), set(self.for_user.edits_for.all())
        if not chosen & own:
            self.add_error("cities", _("Keep one of the cities you work for."))
        elif (self.cities_before - chosen) - own:
            self.add_error("cities", _("This is another city's risk too: you cannot take it away."))

    def _ask_why(self, cleaned: dict[str, Any]) -> None:
        """A new rating has a new reason; the first one is asked for when readers see it.

        What the one before followed from stays with that, unless another is chosen.
        """
        if self.levels_before in {None, tuple(cleaned.get(name) for name in LEVELS)}:
            return
        if not set(CAUSES) & set(self.changed_data):
            cleaned.update(dict.fromkeys(CAUSES))
        for code, before in zip(CODES, self.reason_before, strict=True):
            name = localized("reason", code)
            if cleaned.get(name, "") in {before, "", None} and name not in self.errors:
                told = _("The rating changes: say why in %(language)s.")
                self.add_error(name, told % {"language": name_in_words(code)})

    def rows_fit(self) -> bool:
        chosen = set(self.cleaned_data.get("cities", ()))
        answers = [_is_of(row, chosen) for row in slots.kept_rows(self, "owners")]
        return all(answers)

    def save(self, commit: bool = True) -> Any:
        """Save it, and keep the rating where it changed."""
        risk = super().save(commit=commit)
        if commit:
            keep_rating(risk)
        return risk


class PlanForm(PublishedForm):
    """A plan is whole before it is saved: a trigger, three things, and who does them where."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in (column for name in ACTIONS for column in field_names(name)):
            self.fields[column].required = True
        risks = Risk.objects.gravest_first()
        drills = apps.get_model("events", "DrillPage").objects.order_by("-starts_at")
        if self.for_user is not None:
            risks, drills = risks.editable_by(self.for_user), drills.own_of(self.for_user)
        is_stored = bool(self.instance.pk)
        self.day_before = self.instance.day_of_the_drill if is_stored else None
        self.fields["risk"].queryset = risks if is_stored else risks.filter(plan=None)
        self.fields["risk"].disabled = is_stored
        self.fields["drill"].queryset = drills

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        day = cleaned.get("exercised_on")
        if day and day > latest_today():
            self.add_error("exercised_on", _("This day has not come yet."))
        else:
            refuse_slips(self, "exercised_on")
            self._keep_the_last_day(cleaned)
        return cleaned

    def _keep_the_last_day(self, cleaned: dict[str, Any]) -> None:
        """The next drill takes the place of the last one, whose day counts until it is held."""
        drill, day = cleaned.get("drill"), cleaned.get("exercised_on")
        if self.day_before and "drill" in self.changed_data and drill and not drill.is_over:
            cleaned["exercised_on"] = max(day or self.day_before, self.day_before)

    def rows_fit(self) -> bool:
        """Whether every city of the risk says who does each thing, and no other city does."""
        risk = self.cleaned_data.get("risk")
        cities = set(risk.cities.all()) if risk else set()
        rows = slots.kept_rows(self, "duties")
        answers = [*(_is_of(row, cities) for row in rows), *map(_is_whole, rows)]
        named = {getattr(row, "cleaned_data", {}).get("city") for row in rows}
        missing = sorted(cities - named, key=lambda city: city.position)
        for city in missing:
            self.add_error(None, _("Say who does it in %(city)s.") % {"city": city})
        return all(answers) and not missing


def _is_of(row: Any, cities: set[City]) -> bool:
    city = getattr(row, "cleaned_data", {}).get("city")
    if city is not None and city not in cities:
        row.add_error("city", _("This is not one of the cities of the risk."))
    return not row.errors


def _is_whole(row: Any) -> bool:
    for name in DUTIES:
        for code in CODES:
            column = localized(name, code)
            if not row.cleaned_data.get(column) and column not in row.errors:
                message = _("Write it in %(language)s too.") % {"language": name_in_words(code)}
                row.add_error(column, message)
    return not row.errors
