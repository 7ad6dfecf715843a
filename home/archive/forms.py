"""The debrief in the admin: what it is about, what came out, lessons and where they went."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.enums import EventKind
from events.looking_back import refuse_before_its_end, refuse_day
from events.models import EventPage
from home.archive.enums import LessonState
from partnership.pages.languages import CODES, field_names, localized
from partnership.pages.publishing import PublishedForm
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording import slots


class OpenDebriefForm(TwoHandsForm, WagtailAdminModelForm):
    """What the debrief is about: of the editor's cities, and without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = EventPage.objects.filter(debrief=None).order_by("-starts_at")
        commitments = self.fields["commitment"].queryset.filter(debrief=None)
        if self.for_user is not None:
            events = events.own_of(self.for_user)
            commitments = commitments.editable_by(self.for_user)
        for name, rows in (("event", events), ("commitment", commitments)):
            self.fields[name].queryset = rows
            self.fields[name].error_messages["invalid_choice"] = _(
                "Somebody has opened its debrief in the meantime, or it is not of your cities: "
                "look in the list of debriefs, or choose another one."
            )


class LessonForm(WagtailAdminModelForm):
    """A lesson, in a row of its debrief; it came from a drill of the editor's cities."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Taken up before a version was asked for: what else stands there can still be put right.
        self.was_in_words = bool(self.instance.pk) and self.instance.is_in_words
        field = self.fields["observation"]
        seen = field.queryset.select_related("review__drill")
        if self.for_user is not None:
            own = seen.editable_by(self.for_user).values("pk")
            seen = seen.filter(Q(pk__in=own) | Q(pk=self.instance.observation_id))
        field.queryset = seen.order_by("-review__held_on", "review", "sort_order", "pk")
        field.label_from_instance = lambda one: f"{one.review.drill.title}: {one}"


class DebriefForm(PublishedForm):
    """What is published was held; a lesson that is taken up names its version and its day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_published") and not cleaned.get("held_on"):
            self.add_error("held_on", _("Say on which day you sat together."))
        refuse_before_its_end(self, self.instance.event)
        refuse_day(self, "held_on", since=self.instance.event)
        self._check_the_year(cleaned.get("held_on"))
        return cleaned

    def _check_the_year(self, held_on: date | None) -> None:
        """Nobody looked back at a promise long before it was made."""
        promise = self.instance.commitment
        if held_on and promise and held_on.year < promise.roadmap.year - 1:
            message = _("This is long before the roadmap of %(year)s: check the year.")
            self.add_error("held_on", message % {"year": promise.roadmap.year})

    def rows_fit(self) -> bool:
        event = self.instance.event
        answers = [_lesson_fits(row, event) for row in slots.kept_rows(self, "lessons")]
        return all(answers)


def _lesson_fits(row: Any, event: EventPage | None) -> bool:
    values = getattr(row, "cleaned_data", {})
    seen = values.get("observation")
    if seen and event and event.kind == EventKind.DRILL and seen.review.drill_id != event.pk:
        row.add_error("observation", _("This was seen at another drill."))
    if values.get("state") != LessonState.ADOPTED:
        if values.get("taken_up_version"):
            row.add_error("taken_up_version", _("Say that it is taken up, and on which day."))
        return not row.errors
    refuse_day(row, "taken_up_on", since=event)
    if not (values.get("taken_up_version") or row.errors.get("taken_up_version")):
        _ask_for_the_version(row, values)
    return not row.errors


def _ask_for_the_version(row: Any, values: dict[str, Any]) -> None:
    """What was taken up in words alone stays readable with them; nothing new is."""
    if not row.was_in_words:
        row.add_error(
            "taken_up_version",
            _(
                "Choose the signed version of the protocol in which it stands from now on. Until "
                "a protocol has it, it is accepted and not taken up."
            ),
        )
    elif not any(values.get(name) for name in field_names("taken_up_in")):
        row.add_error(localized("taken_up_in", CODES[0]), _("Say where it stands from now on."))
