"""What becomes of a guest's answers when the person makes an account."""

from consultations.models import AnsweredMark, PersonTakingPart
from consultations.tallies import acts_that_count
from partnership.people.models import Participant
from partnership.serving import public_changed


def merge(guest: Participant, account: Participant) -> None:
    """Give the account the guest's answers; where it has answered itself, its own stay."""
    own = account.responses.values("consultation")
    guest.responses.filter(consultation__in=own).delete()
    guest.responses.update(participant=account)
    marked = account.answered_marks.values("consultation")
    guest.answered_marks.filter(consultation__in=marked).delete()
    guest.answered_marks.update(participant=account)
    for row in PersonTakingPart.objects.filter(participant=guest):
        known = PersonTakingPart.objects.filter(
            consultation=row.consultation_id, participant=account
        ).first()
        if known is None:
            row.participant = account
            row.save(update_fields=("participant",))
        else:
            row.delete()
            known.city_id = _city_of_the_first_act(account, known)
            known.save(update_fields=("city",))
    public_changed()


def _city_of_the_first_act(account: Participant, person: PersonTakingPart) -> int | None:
    """Where they lived when they first took part: the city a recount finds."""
    marks = AnsweredMark.objects.filter(consultation=person.consultation, participant=account)
    if mark := marks.first():
        return mark.city_id
    acts = [
        act
        for rows in acts_that_count(person.consultation)
        for act in rows.filter(participant=account)
        .order_by("created_at")
        .values_list("created_at", "city_id")[:1]
    ]
    return min(acts, key=lambda act: act[0])[1] if acts else person.city_id
