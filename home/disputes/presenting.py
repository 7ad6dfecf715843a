"""What is shown of disagreements: to readers, as much as they may know, and to their editors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.committees.enums import StageKind
from home.committees.models import Mediator
from home.disputes.models import Dispute, DisputeChange, DisputeStep
from home.disputes.services import pathway
from partnership.interface.context import cities as all_cities
from partnership.interface.context import once
from partnership.ledger.models import ApprovalRequest
from partnership.pages.access import open_to_all
from partnership.pages.languages import active
from partnership.pages.models import BasePage

DONE, NOW, TO_COME = "done", "now", "to_come"


@dataclass(frozen=True)
class Clock:
    """How far the time of a step has run: the day ``day`` of ``days``, until the ``step``'s end."""

    step: DisputeStep
    day: int
    days: int
    over: int


def clock_of(dispute: Dispute) -> Clock | None:
    """Return the clock of the step it is at; None when it is over."""
    step = dispute.current_step
    if step is None:
        return None
    today = dispute.today
    return Clock(step, step.day_on(today), step.days, step.days_over(today))


def way_of(dispute: Dispute) -> list[dict[str, Any]]:
    """Return the agreed steps in their order: those left, the one it is at, those to come.

    A step that the cities have agreed on no more is shown where it was gone through.
    """
    steps = {step.stage: step for step in dispute.steps.all()}
    agreed = pathway()
    return [
        {
            "number": number,
            "title": stage.label,
            "days": agreed.get(stage),
            "step": steps.get(stage),
            "state": _state(steps.get(stage)),
        }
        for number, stage in enumerate(
            filter(lambda one: one in agreed or one in steps, StageKind), 1
        )
    ]


def _state(step: DisputeStep | None) -> str:
    if step is None:
        return TO_COME
    return NOW if step.left_at is None else DONE


def there_are_public_ones() -> Exists:
    """The condition that readers find a disagreement."""
    return Exists(Dispute.objects.public())


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Disagreements that readers may know of, those under way first; five queries at most."""
    rows = [_row(each) for each in Dispute.objects.public().most_urgent_first().with_way()]
    return {
        "ancestors": [_home()],
        "under_way": [row for row in rows if not row["dispute"].is_settled],
        "over": [row for row in rows if row["dispute"].is_settled],
    }


def _row(dispute: Dispute) -> dict[str, Any]:
    return {"dispute": dispute, "title": title_for_readers(dispute), "clock": clock_of(dispute)}


def title_for_readers(dispute: Dispute) -> str:
    """Return its title, or since when there is one whose matter is not told."""
    if dispute.is_told:
        return str(dispute.title)
    day = date_format(dispute.raised_on, "DATE_FORMAT")
    return _("A disagreement since %(day)s") % {"day": day}


def page_context(dispute: Dispute, request: HttpRequest) -> dict[str, Any]:
    """Everything the page of one shows; of what readers are not told there is nothing in it."""
    context = {
        "ancestors": [_home(), {"title": _("Disagreements"), "url": reverse("disputes")}],
        **_row(dispute),
        "way": way_of(dispute),
        "clocks": once(request, all_cities),
    }
    return {**context, **_told(dispute)} if dispute.is_told else context


def _told(dispute: Dispute) -> dict[str, Any]:
    today = timezone.localdate()
    helper = Mediator.objects.public(today).filter(pk=dispute.mediator_id).first()
    return {"links": list(_links(dispute)), "mediator": helper.name if helper else ""}


def _links(dispute: Dispute) -> Iterator[dict[str, str]]:
    """Yield what it is about and who takes it up, of that which every reader may open."""
    promises: Any = Dispute._meta.get_field("commitment").related_model
    public = promises.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
    for one in public.filter(pk=dispute.commitment_id).select_related("roadmap"):
        title = f"{one.roadmap.year}: {one}"
        yield {"label": _("Promise"), "title": title, "url": one.get_absolute_url()}
    labels = {dispute.protocol_id: _("Protocol"), dispute.committee_id: _("Committee")}
    pages = BasePage.objects.live().filter(open_to_all(), pk__in=[key for key in labels if key])
    for page in pages.order_by("pk"):
        yield {"label": labels[page.pk], "title": page.title, "url": page.get_url()}


def desk_context(dispute: Dispute) -> dict[str, Any]:
    """What its editors see where it is moved; the matter, too."""
    waiting = DisputeChange.objects.waiting().filter(dispute=dispute).first()
    request = ApprovalRequest.objects.open().about(waiting).first() if waiting else None
    return {
        "dispute": dispute,
        "clock": clock_of(dispute),
        "way": way_of(dispute),
        "clocks": list(dispute.cities.all()),
        "asked": request,
    }


def clock_in_words(dispute: Dispute) -> str:
    """The step it is at and how far its time has run, in one line; how it ended when it did."""
    clock = clock_of(dispute)
    if clock is None:
        return str(dispute.get_outcome_kind_display())
    words = {"step": clock.step, "day": clock.day, "days": clock.days, "over": clock.over}
    if clock.over:
        over = ngettext("%(step)s: %(over)s day late", "%(step)s: %(over)s days late", clock.over)
        return over % words
    return _("%(step)s: day %(day)s of %(days)s") % words


def _home() -> dict[str, str]:
    return {"title": _("Home"), "url": f"/{active()}/"}
