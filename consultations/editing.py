"""How a consultation is edited: on the lead city's clock, nothing that was answered taken away."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.answered import refuse_unanswered
from consultations.enums import Participation
from consultations.identities import promised
from consultations.question_editing import QuestionRows, offer_conditions, refuse
from consultations.something_to_do import NothingToDo, Offer
from partnership.cities.models import City, Neighbourhood
from partnership.cities.wall_clock import set_zone
from partnership.pages.editing import PageForm
from partnership.pages.huge_numbers import key_in
from partnership.pages.wording.gate import NotReady

#: In the order in which an editor chooses.
OFFERED = (
    Participation.REGISTERED,
    Participation.OPEN,
    Participation.VERIFIED,
    Participation.NONE,
)

WHEN_AND_WHO = ("participation", "opens_at", "closes_at")
STEP = ("starts_at", "ends_at", "allows")


class ConsultationPageForm(PageForm):
    """Every time on the screen is the lead city's; phases follow one another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "participation" in self.fields:
            self.fields["participation"].choices = [(each.value, each.label) for each in OFFERED]
        self._offer_neighbourhoods()
        self._start_in_the_editors_city()
        set_zone(self, self._zone())
        offer_conditions(self.formsets.get("questions"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A consultation closes after it opens."))
        self._may_be_called(cleaned)
        self._check_anonymity(cleaned)
        self._check_neighbourhoods(cleaned)
        self._check_ideas(cleaned)
        return cleaned

    def _may_be_called(self, cleaned: dict[str, Any]) -> None:
        """Whether it may be called answered; asked for a draft, too, beside the field."""
        wanted = {name: cleaned.get(name) for name in ("stored_state", "closes_at")}
        page = type(self.instance)(pk=self.instance.pk, **wanted)
        try:
            refuse_unanswered(page)
        except NotReady as refusal:
            self.add_error("stored_state", str(refusal))

    def _check_anonymity(self, cleaned: dict[str, Any]) -> None:
        """It stays as people were told."""
        if "is_anonymous" not in self.fields:
            return
        is_anonymous = cleaned.get("is_anonymous")
        if promised(self.instance) not in (None, is_anonymous):
            self.add_error(
                "is_anonymous",
                _("Somebody has answered already: this stays as they were told."),
            )

    def _offer_neighbourhoods(self) -> None:
        """Each with its city; nothing to choose where none has been named."""
        offered = self.fields.get("neighbourhoods")
        if offered is None:
            return
        known = list(Neighbourhood.objects.select_related("city"))
        if known:
            offered.choices = [(one.pk, f"{one} ({one.city})") for one in known]
        else:
            del self.fields["neighbourhoods"]

    def _check_neighbourhoods(self, cleaned: dict[str, Any]) -> None:
        """They are parts of the cities whose page it is; a joint page is all cities'."""
        cities = {city.pk for city in cleaned.get("cities") or ()}
        chosen = cleaned.get("neighbourhoods") or ()
        away = [str(one) for one in chosen if cities and one.city_id not in cities]
        if away:
            words = _("Not in a city whose page this is: %(names)s")
            self.add_error("neighbourhoods", words % {"names": ", ".join(away)})

    def _check_ideas(self, cleaned: dict[str, Any]) -> None:
        """What people wrote keeps its place on the page."""
        if "takes_ideas" in self.fields and not cleaned.get("takes_ideas") and self.instance.pk:
            written = self.instance.contributions.ideas().of_residents()
            if written.exists():
                self.add_error(
                    "takes_ideas",
                    _("People have written ideas here: they would be found no more."),
                )

    def is_valid(self) -> bool:
        """Also ask what concerns several rows at once; each answer stands beside its row."""
        is_valid = super().is_valid()
        checks = (self._phases_fit(), self._questions_fit())
        return is_valid and all(checks)

    # The clock -------------------------------------------------------------------------

    def _start_in_the_editors_city(self) -> None:
        if self.initial.get("lead_city") is None and self.for_user is not None:
            city = self.for_user.edits_for.first() or self.for_user.city
            self.initial["lead_city"] = city.pk if city else None

    def _zone(self) -> str:
        """The zone of the city being chosen, else of the one that was."""
        written = str(self.data.get(self.add_prefix("lead_city"), "")) if self.is_bound else ""
        wanted = key_in(written) or self.instance.lead_city_id or self.initial.get("lead_city")
        city = City.objects.filter(pk=wanted).first() or City.objects.first()
        return city.time_zone if city else "UTC"

    # Phases ----------------------------------------------------------------------------

    def _phases_fit(self) -> bool:
        """Each ends after it starts, and before the next one starts."""
        complete = [
            row
            for row in self._rows("phases")
            if row.cleaned_data.get("starts_at") and row.cleaned_data.get("ends_at")
        ]
        fits = True
        for row in complete:
            if row.cleaned_data["ends_at"] <= row.cleaned_data["starts_at"]:
                row.errors.pop(NON_FIELD_ERRORS, None)  # the constraint says it of the whole row
                fits = refuse(row, "ends_at", _("A phase ends after it starts."))
        in_order = sorted(complete, key=lambda row: row.cleaned_data["starts_at"])
        for earlier, later in pairwise(in_order):
            if later.cleaned_data["starts_at"] < earlier.cleaned_data["ends_at"]:
                fits = refuse(
                    later, "starts_at", _("This phase starts before the one before it ends.")
                )
        return fits

    def is_fit(self) -> bool:
        """Whether people can take part who are meant to: asked of the rows as they were sent."""
        try:
            if self._offer is not None:
                self._offer.refuse_nothing()
        except NothingToDo as refusal:
            self.add_error(refusal.field, str(refusal))
            return False
        return True

    @property
    def warnings(self) -> list[str]:
        """What whoever publishes it is told, and can leave as it is."""
        if self._offer is None or not self._offer.leaves_questions_unasked:
            return []
        return [str(_("It has questions, and no phase in which residents may answer them."))]

    @cached_property
    def _offer(self) -> Offer | None:
        """What this form offers; None while a time is missing."""
        wanted = {name: self.cleaned_data.get(name) for name in WHEN_AND_WHO}
        phases = [row.cleaned_data for row in self._rows("phases")]
        steps = tuple(tuple(phase.get(name) for name in STEP) for phase in phases)
        if not all(wanted.values()) or not all(start and end for start, end, _acts in steps):
            return None
        steps = tuple((start, end, acts or ()) for start, end, acts in steps)
        return Offer(**wanted, steps=steps, has_questions=bool(self._rows("questions")))

    # Questions -------------------------------------------------------------------------

    def _questions_fit(self) -> bool:
        """What was answered stays as it was asked; conditions point to earlier answers."""
        formset = self.formsets.get("questions")
        if formset is None or not self.is_bound:
            return True
        return QuestionRows(self, formset).fit()

    # Rows ------------------------------------------------------------------------------

    def _rows(self, name: str) -> list[Any]:
        """Return the inline forms that were filled in and are not being deleted."""
        formset = self.formsets.get(name)
        if formset is None or not self.is_bound:
            return []
        gone = formset.deleted_forms if formset.is_valid() else []
        return [
            row for row in formset.forms if row not in gone and getattr(row, "cleaned_data", None)
        ]
