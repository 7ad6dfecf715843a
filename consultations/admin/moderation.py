"""One queue for what residents write, in every language: read, publish, or hide with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

from consultations.admin.decisions import (
    HIDE,
    KEEP,
    PASS,
    PUBLISH,
    BulkForm,
    DecisionForm,
    mark_of,
)
from consultations.admin.moderators import (
    PERMISSION,
    ModerationMenuItem,
    contributions_of,
    moderator_of,
    proposals_of,
    way_back,
)
from consultations.admin.one_queue import OneQueue, QueuePaginator, with_their_past
from consultations.admin.places import with_places
from consultations.admin.proposals import entries_of
from consultations.admin.queue_filters import STATEMENT, QueueFilters
from consultations.admin.waiting import waiting_for
from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.moderation.enums import HidingReason
from consultations.moderation.models import ReasonTemplate
from consultations.moderation.presenting import numbers_for, tabs
from consultations.proposals.forms import LINK, ProposalDecisionForm
from consultations.refusals import AlreadyModerated
from consultations.translations.boxes import put_boxes
from partnership.pages.huge_numbers import key_in
from partnership.refusals import Refused

PER_PAGE = 20
#: What was refused, and the form with what was typed.
Refusal = tuple[Contribution | Statement, DecisionForm | ProposalDecisionForm]


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits in the moderator's consultations, the longest wait first."""
    return _show(request)


def _show(
    request: HttpRequest,
    *,
    refused: Refusal | None = None,
    bulk: BulkForm | None = None,
) -> HttpResponse:
    filters = QueueFilters(request.GET or _kept_filters(request), moderator=request.user)
    found = filters.found(contributions_of(request), proposals_of(request))
    numbers = numbers_for(request.user, *found)
    rows: Any = OneQueue(*found, numbers=(numbers.found[0], numbers.found[1]))
    page = QueuePaginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    things = list(page.object_list)
    templates = list(ReasonTemplate.objects.offered()) if numbers.has_templates else []
    if refused is not None:
        with_their_past(thing for thing in refused[:1] if isinstance(thing, Contribution))
        things = [refused[0], *(thing for thing in things if thing != refused[0])]
    context = {
        "filters": filters,
        "page": page,
        "cards": with_places(
            request, _cards(things, templates, refused=refused, ticked=bulk.chosen if bulk else [])
        ),
        "bulk": bulk or BulkForm(templates=templates),
        "tabs": tabs(numbers, here="moderation_queue"),
        "query": "".join(
            f"{name}={value}&" for name, value in request.GET.items() if name in filters.fields
        ),
        "header_title": _("Moderation"),
        "is_refused": refused is not None or bulk is not None,
        "here": request.get_full_path() if request.method == "GET" else way_back(request),
    }
    status = 422 if context["is_refused"] else 200
    return render(request, "consultations/admin/queue.html", context, status=status)


def _kept_filters(request: HttpRequest) -> Any:
    """After something was sent: the filters of the address it was sent from."""
    return QueryDict(way_back(request).partition("?")[2])


def _cards(
    things: list[Any],
    templates: list[ReasonTemplate],
    *,
    refused: Refusal | None,
    ticked: list[str],
) -> list[dict[str, Any]]:
    """What each card shows, with its own form; a refused form holds what was typed."""
    comments = [thing for thing in things if isinstance(thing, Contribution)]
    again = refused[1] if refused and isinstance(refused[1], ProposalDecisionForm) else None
    proposed = entries_of([thing for thing in things if isinstance(thing, Statement)], again)
    by_key = {entry["statement"].pk: entry for entry in proposed}
    put_boxes(comments)
    cards = []
    for thing in things:
        mark = mark_of(thing)
        card = {
            "thing": thing,
            "mark": mark,
            "is_ticked": mark in ticked,
            "reasons": HidingReason.choices,
        }
        if isinstance(thing, Statement):
            cards.append({**card, "entry": by_key[thing.pk]})
        else:
            form = DecisionForm(templates=templates, auto_id=f"id_{thing.pk}_%s")
            own = refused[1] if refused is not None and refused[0] == thing else form
            cards.append({**card, "form": own})
    return cards


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish or hide one contribution and go back to the queue."""
    moderator_of(request)
    own = contributions_of(request).for_moderators()
    contribution = get_object_or_404(own, pk=pk)
    form = DecisionForm(request.POST, auto_id=f"id_{pk}_%s")
    if form.is_valid() and form.decide(contribution, by=request.user):
        messages.success(request, _what_was_done(form.cleaned_data["decision"], contribution))
        return redirect(way_back(request))
    return _show(request, refused=(contribution, form))


def _what_was_done(decision: str, thing: Contribution | Statement) -> str:
    """What is said to the moderator: that the author is told only where there is an address."""
    author = thing.participant
    if author is not None and author.email:
        words = {
            PUBLISH: _("Published. The author is told."),
            HIDE: _("Hidden. The author receives your reason."),
            PASS: _("The new words are shown. The author is told."),
            LINK: _("Linked. The author is told which statement says it."),
        }
    else:
        words = {
            PUBLISH: _("Published. There is no address to write to."),
            HIDE: _(
                "Hidden. There is no address to write to; the holder of a code reads it there."
            ),
            PASS: _("The new words are shown. There is no address to write to."),
            LINK: _("Linked. There is no address to write to."),
        }
    return {**words, KEEP: _("It stays as it is.")}[decision]


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Where they had a page of their own: lead to their place in the queue."""
    moderator_of(request)
    return redirect(f"{reverse('moderation_queue')}?kind={STATEMENT}")


@require_POST
def decide_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, hide or link one proposed statement and go back to the queue."""
    statement = get_object_or_404(proposals_of(request).for_moderators(), pk=pk)
    form = ProposalDecisionForm(request.POST, statement=statement)
    if form.is_valid() and form.decide(by=request.user):
        messages.success(request, _what_was_done(form.cleaned_data["decision"], statement))
        return redirect(way_back(request))
    if form.cleaned_data.get("seen") != statement.publication_status:
        messages.warning(request, _("Somebody else has decided about this in the meantime."))
        return redirect(way_back(request))
    return _show(request, refused=(statement, form))


@require_POST
def decide_together(request: HttpRequest) -> HttpResponse:
    """Decide about everything that was ticked; what is refused stays ticked and says why."""
    moderator_of(request)
    form = BulkForm(request.POST, chosen=request.POST.getlist("chosen"))
    if not form.is_valid():
        return _show(request, bulk=form)
    done, refused = 0, []
    for mark in form.chosen:
        try:
            _decide_one(request, form, mark)
        except Refused as refusal:
            refused.append((mark, str(refusal)))
        else:
            done += 1
    if done:
        words = ngettext("%(number)d is decided.", "%(number)d are decided.", done)
        messages.success(request, words % {"number": done})
    if not refused:
        return redirect(way_back(request))
    form.chosen = [mark for mark, _why in refused]
    words = ngettext(
        "%(number)d stayed as it was: %(why)s",
        "%(number)d stayed as they were: %(why)s",
        len(refused),
    )
    why = " ".join(dict.fromkeys(reason for _mark, reason in refused))
    form.add_error(None, words % {"number": len(refused), "why": why})
    return _show(request, bulk=form)


def _decide_one(request: HttpRequest, form: BulkForm, mark: str) -> None:
    """Decide about what a box stands for; what this moderator may not see counts as gone."""
    what, key, seen, words = (*mark.split(":"), "", "", "")[:4]
    own = {"contribution": contributions_of, "statement": proposals_of}.get(what)
    target = own(request).filter(pk=key_in(key)).first() if own else None
    if target is None or seen not in PublicationStatus.values:
        raise AlreadyModerated
    form.decide(target, seen=seen, words=words, by=request.user)


class WaitingWords(SummaryItem):
    """On the admin's first screen: how much waits for this moderator, and where."""

    order = 50
    template_name = "consultations/admin/waiting.html"

    def is_shown(self) -> bool:
        return self.request.user.has_perm(PERMISSION)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        numbers = numbers_for(self.request.user, *waiting_for(self.request))
        return {"words": sum(numbers.found), "numbers": numbers}


def menu_item() -> MenuItem:
    """The entry of the admin's menu."""
    return ModerationMenuItem(
        gettext_lazy("Moderation"),
        reverse("moderation_queue"),
        name="comments-to-read",
        icon_name="comment",
        order=230,
    )


urlpatterns = (
    path("comments/", queue, name="moderation_queue"),
    path("comments/together/", decide_together, name="moderation_together"),
    path("comments/<int:pk>/", decide, name="moderation_decision"),
    path("proposals/", proposals, name="proposal_queue"),
    path("proposals/<int:pk>/", decide_proposal, name="proposal_decision"),
)
