"""So many people report a comment that it is hidden until a moderator has looked."""

from consultations.enums import PublicationStatus
from consultations.models import Contribution
from consultations.moderation.enums import Outcome
from consultations.moderation.letters import tell_author
from consultations.moderation.records import record
from consultations.replies import count_reply
from partnership.serving import public_changed


def hold_if_reported_enough(contribution: Contribution) -> bool:
    """Hide what readers see until a moderator has looked, when enough people have reported it.

    The caller holds its row, and has asked whether it is shown. Words that a moderator has left
    as they are in spite of reports are not hidden by further ones: a crowd does not overrule a
    person who has read them.
    """
    needed = contribution.consultation.reports_to_hide
    if not needed:
        return False
    reports = contribution.reports
    since = contribution.edited_at or contribution.created_at
    if reports.filter(settled_at__gt=since).exists():
        return False
    if reports.filter(settled_at=None).count() < needed:  # one for each person
        return False
    contribution.publication_status = PublicationStatus.PENDING
    contribution.save(update_fields=("publication_status",))
    count_reply(contribution, before=PublicationStatus.PUBLISHED)
    record(contribution, Outcome.HELD, by=None)
    tell_author(contribution, "consultation_comment_held")
    public_changed()
    return True
