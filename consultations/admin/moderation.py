"""One queue for the comments in every language: read, publish, or hide with a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

from consultations.conversation.services import keep_as_it_is, pass_new_words
from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution
from consultations.querysets import ContributionQuerySet
from consultations.refusals import AlreadyModerated
from consultations.services import hide_contribution, publish_contribution
from consultations.translations.boxes import put_boxes
from partnership.pages.languages import CODES, own_name
from partnership.people.models import Resident
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

PERMISSION = "consultations.moderate_contribution"
PER_PAGE = 20
LONGEST_REASON = 1000
PUBLISH, HIDE, PASS, KEEP = "publish", "hide", "pass", "keep"
REPORTED = "reported"
#: What a moderator can look for; nobody's draft or withdrawn words are among it.
LOOKED_FOR = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED, PublicationStatus.HIDDEN)


class QueueFilters(forms.Form):
    """By consultation, language and state; the queue starts with what waits."""

    consultation = forms.ModelChoiceField(
        queryset=ConsultationPage.objects.none(),
        required=False,
        label=gettext_lazy("Consultation"),
        empty_label=pgettext_lazy("consultation", "All"),
    )
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language"))
    status = forms.ChoiceField(
        required=False,
        label=gettext_lazy("State"),
        choices=[
            *((each.value, each.label) for each in LOOKED_FOR),
            (REPORTED, gettext_lazy("reported")),
        ],
    )

    def __init__(self, *args: Any, moderator: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ConsultationPage.objects.of_moderator(moderator)
        fields: dict[str, Any] = self.fields
        fields["consultation"].queryset = own.order_by("-opens_at")
        anything = ("", pgettext_lazy("language", "All"))
        fields["language"].choices = [anything, *((code, own_name(code)) for code in CODES)]

    def narrow(self, contributions: ContributionQuerySet) -> ContributionQuerySet:
        """Keep what was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        asked = self.cleaned_data
        contributions = _in_state(contributions, asked.get("status") or PublicationStatus.PENDING)
        if asked.get("consultation"):
            contributions = contributions.filter(consultation=asked["consultation"])
        if asked.get("language"):
            contributions = contributions.filter(language_code=asked["language"])
        return contributions


def _in_state(contributions: ContributionQuerySet, state: str) -> ContributionQuerySet:
    """What waits holds new words for published comments too; reported is no state of its own."""
    if state == REPORTED:
        return contributions.reported()
    if state == PublicationStatus.PENDING:
        return contributions.to_decide()
    return contributions.filter(publication_status=state)


class DecisionForm(forms.Form):
    """What becomes of what the moderator saw in that state, and of new words or reports."""

    decision = forms.ChoiceField(choices=[(each, each) for each in (PUBLISH, HIDE, PASS, KEEP)])
    seen = forms.ChoiceField(choices=PublicationStatus)
    seen_words = forms.CharField(required=False)
    reason = PlainTextField(
        required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def decide(self, contribution: Contribution, *, by: Any) -> bool:
        """Carry the decision out; False, with the reason on the form, when refused."""
        try:
            self._carry_out(contribution, by=by)
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))
            return False
        return True

    def _carry_out(self, contribution: Contribution, *, by: Any) -> None:
        values = self.cleaned_data
        decision, seen, reason = values["decision"], values["seen"], values["reason"]
        if decision == PUBLISH:
            publish_contribution(contribution, by=by, seen=seen)
        elif decision == HIDE:
            hide_contribution(contribution, by=by, reason=reason, seen=seen)
        elif values["seen_words"] != contribution.waiting_digest:
            raise AlreadyModerated
        elif decision == PASS:
            pass_new_words(contribution, by=by, seen_words=contribution.waiting_text)
        else:
            words = contribution.waiting_text
            keep_as_it_is(contribution, by=by, reason=reason, seen_words=words)


def contributions_of(request: HttpRequest) -> ContributionQuerySet:
    """What this moderator may decide about; nothing without the permission."""
    moderator = request.user
    if not isinstance(moderator, Resident) or not moderator.has_perm(PERMISSION):
        raise PermissionDenied
    return Contribution.objects.of_moderator(moderator)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits in the moderator's consultations, the longest wait first."""
    own = contributions_of(request)
    return _show(request, own)


def _show(
    request: HttpRequest,
    own: ContributionQuerySet,
    *,
    refused: tuple[Contribution, DecisionForm] | None = None,
) -> HttpResponse:
    filters = QueueFilters(request.GET, moderator=request.user)
    found = filters.narrow(own).select_related(
        "consultation",
        "parent",
        "city",
        "participant__resident",
        "participant__contact",
        "moderated_by",
        "statement",
    )
    found = found.prefetch_related("reports", "earlier_wordings")
    page = Paginator(found.order_by("created_at", "pk"), PER_PAGE).get_page(request.GET.get("p"))
    put_boxes([*page.object_list, *((refused[0],) if refused else ())])
    context = {
        "filters": filters,
        "page": page,
        "refused": refused,
        "query": "".join(
            f"{name}={value}&" for name, value in request.GET.items() if name in filters.fields
        ),
        "header_title": _("Comments"),
        "here": request.get_full_path() if refused is None else reverse("moderation_queue"),
    }
    status = 200 if refused is None else 422
    return render(request, "consultations/admin/queue.html", context, status=status)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish or hide one contribution and go back to the queue."""
    own = contributions_of(request)
    contribution = get_object_or_404(
        own.select_related("participant__resident", "participant__contact"), pk=pk
    )
    form = DecisionForm(request.POST)
    if form.is_valid() and form.decide(contribution, by=request.user):
        words = {
            PUBLISH: _("Published. The author is told."),
            HIDE: _("Hidden. The author receives your reason."),
            PASS: _("The new words are shown. The author is told."),
            KEEP: _("It stays as it is."),
        }
        messages.success(request, words[form.cleaned_data["decision"]])
        return redirect(way_back(request))
    return _show(request, own, refused=(contribution, form))


def way_back(request: HttpRequest) -> str:
    """The queue as it was filtered; never another site."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return address
    return reverse("moderation_queue")


class ModerationMenuItem(MenuItem):
    """The queue, for whoever may decide about it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class WaitingComments(SummaryItem):
    """On the admin's first screen: how many comments wait for this moderator."""

    order = 50
    template_name = "consultations/admin/waiting.html"

    def is_shown(self) -> bool:
        return self.request.user.has_perm(PERMISSION)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        own = contributions_of(self.request)
        waiting = own.filter(publication_status=PublicationStatus.PENDING)
        return {"number": waiting.count(), "url": reverse("moderation_queue")}


def menu_item() -> MenuItem:
    """The entry of the admin's menu."""
    return ModerationMenuItem(
        gettext_lazy("Comments"),
        reverse("moderation_queue"),
        name="comments-to-read",
        icon_name="comment",
        order=230,
    )


urlpatterns = (
    path("comments/", queue, name="moderation_queue"),
    path("comments/<int:pk>/", decide, name="moderation_decision"),
)
