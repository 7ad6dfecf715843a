"""What becomes of a guest's votes and words when the person makes an account."""

from consultations.conversation.counts import count_support
from consultations.models import Contribution, Draft, Report, Statement, Support
from consultations.tallies import take_back
from partnership.people.models import Participant
from partnership.serving import public_changed


def merge(guest: Participant, account: Participant) -> None:
    """Give the account what the guest voted and wrote; where both did, the account's stays.

    Runs before the answers are merged, which tell the city of the first act of all.
    """
    _take_back_second_votes(guest, account)
    guest.votes.update(participant=account)
    guest.turns.all().delete()
    Contribution.objects.filter(participant=guest).update(participant=account)
    Statement.objects.filter(participant=guest).update(participant=account)
    _merge_support(guest, account)
    reported = Report.objects.filter(participant=account).values("contribution")
    Report.objects.filter(participant=guest, contribution__in=reported).delete()
    Report.objects.filter(participant=guest).update(participant=account)
    begun = Draft.objects.filter(participant=account).values("consultation")
    Draft.objects.filter(participant=guest, consultation__in=begun).delete()
    Draft.objects.filter(participant=guest).update(participant=account)
    public_changed()


def _take_back_second_votes(guest: Participant, account: Participant) -> None:
    """Nobody counts twice: the guest's votes leave their cities' totals."""
    voted = account.votes.values("statement")
    second = guest.votes.filter(statement__in=voted).order_by("statement")
    votes = list(second.select_for_update(of=("self",)))
    guest.votes.filter(pk__in=[vote.pk for vote in votes]).delete()
    take_back(votes)


def _merge_support(guest: Participant, account: Participant) -> None:
    """What somebody said twice counts once, and what they said about their own words not at all."""
    said = Support.objects.filter(participant=account).values("contribution")
    own = Support.objects.filter(
        participant__in=(guest, account), contribution__participant=account
    )
    twice = Support.objects.filter(participant=guest, contribution__in=said)
    changed = {*own.values_list("contribution", flat=True)}
    changed |= {*twice.values_list("contribution", flat=True)}
    own.delete()
    twice.delete()
    Support.objects.filter(participant=guest).update(participant=account)
    contributions = Contribution.objects.select_for_update(of=("self",)).order_by("pk")
    count_support(*contributions.filter(pk__in=changed))
