"""Who moderates, what they may decide about, and the way back to the queue."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.menu import MenuItem

from consultations.models import Contribution, Statement
from consultations.querysets import ContributionQuerySet, StatementQuerySet
from partnership.people.models import Resident

PERMISSION = "consultations.moderate_contribution"


def moderator_of(request: HttpRequest) -> Resident:
    """Whoever is signed in, if they may moderate; PermissionDenied for everybody else."""
    moderator = request.user
    if not isinstance(moderator, Resident) or not moderator.has_perm(PERMISSION):
        raise PermissionDenied
    return moderator


def contributions_of(request: HttpRequest) -> ContributionQuerySet:
    """What this moderator may decide about; nothing without the permission."""
    return Contribution.objects.of_moderator(moderator_of(request))


def proposals_of(request: HttpRequest) -> StatementQuerySet:
    """The proposed statements this moderator may decide about; nothing without the permission."""
    return Statement.objects.of_moderator(moderator_of(request)).exclude(participant=None)


def way_back(request: HttpRequest) -> str:
    """The queue as it was filtered; never another site."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return address
    return reverse("moderation_queue")


class ModerationMenuItem(MenuItem):
    """An entry for whoever may moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)
