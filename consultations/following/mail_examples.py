"""The mails a consultation will cause, with somebody who does not exist."""

from datetime import timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.following import mail
from consultations.following.deliveries import entry_of, milestone_sentence
from consultations.following.models import PromiseStep
from consultations.models import ConsultationPage, Contribution
from consultations.official.models import AnswerWish
from consultations.official.services import letter_of
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership.cities.models import City
from partnership.pages import mail_examples
from partnership.people.models import Participant, Resident

PAGE = "consultations.consultationpage"


def register() -> None:
    """Offer the mails among the previews of every consultation."""
    mail_examples.register(
        PAGE, "consultation_answered", gettext_lazy("Mail: the cities have answered"), _of_answers
    )
    mail_examples.register(
        PAGE, "promises_moved", gettext_lazy("Mail: a promise moved"), _of_promises
    )
    mail_examples.register(
        PAGE,
        "promises_delivered",
        gettext_lazy("Mail: a promise reached a milestone"),
        _of_deliveries,
    )
    mail_examples.register(
        PAGE, "comment_replied", gettext_lazy("Mail: a reply to a comment"), _of_replies
    )


def _of_answers(consultation: ConsultationPage, code: str) -> dict[str, Any]:
    wish = AnswerWish(consultation=consultation, participant=somebody(code), wished_at=None)
    return letter_of(wish)


def _of_promises(consultation: ConsultationPage, code: str) -> dict[str, Any]:
    """Of a promise that does not exist, on the newest roadmap there is."""
    roadmap = RoadmapPage.objects.newest_first().first() or RoadmapPage()
    today = timezone.localdate()
    step = PromiseStep(
        commitment=Commitment(roadmap=roadmap, number=1, title=_("The title of a promise")),
        status=CommitmentStatus.IN_PROGRESS,
        was_status=CommitmentStatus.AGREED,
        due_on=today + timedelta(days=90),
        was_due_on=today,
    )
    return mail.of_promises(somebody(code), consultation, [step])


def _of_deliveries(consultation: ConsultationPage, code: str) -> dict[str, Any]:
    """Of a milestone that does not exist, on the newest roadmap there is."""
    roadmap = RoadmapPage.objects.newest_first().first() or RoadmapPage()
    city = City.objects.first()
    today = timezone.localdate().isoformat()
    says = {"planned_on": today, "reached_on": today}
    with translation.override(code):  # its sentences are words already
        told = {"what": _("The name of a milestone"), "city": city.name if city else ""}
        promise = Commitment(roadmap=roadmap, number=1, title=_("The title of a promise"))
        news = entry_of(promise, consultation, [milestone_sentence(told, says, {})])
    return mail.delivered(somebody(code), consultation, [news])


def _of_replies(consultation: ConsultationPage, code: str) -> dict[str, Any]:
    comment = Contribution(pk=0, consultation=consultation)
    return mail.of_replies(somebody(code), comment, 1)


def somebody(code: str) -> Participant:
    """Return somebody who reads that language; nothing of them is stored."""
    resident = Resident(email="name@example.org", name=_("Somebody"), language_code=code)
    return Participant(resident=resident)
