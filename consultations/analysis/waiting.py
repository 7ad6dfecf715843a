"""How much there is to read, on the first screen of who reads and where they choose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from wagtail.admin.ui.components import Component

from consultations.analysis.models import CodedText
from consultations.analysis.texts import UNREAD
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Contribution
from partnership.pages.groups import ANALYSTS
from partnership.people.models import Resident

PERMISSION = "analysis.add_codedtext"
#: Of so many consultations, the newest, it is asked on the first screen.
NEWEST = 20


class TextsToRead(Component):
    """On the dashboard: the consultations with texts that this person has not read.

    That there is none is told analysts only: who does other things as well has other panels.
    """

    name = "texts_to_read"
    order = 260
    template_name = "analysis/admin/texts_to_read.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(PERMISSION):
            return {"is_shown": False}
        own = ConsultationPage.objects.of_moderator(user).order_by("-closes_at")[:NEWEST]
        rows = [row for row in with_texts_to_read(list(own), user) if row["number"]]
        is_shown = bool(rows) or user.groups.filter(name=ANALYSTS).exists()
        return {"is_shown": is_shown, "rows": rows}


def with_texts_to_read(
    consultations: Sequence[ConsultationPage], reader: Resident
) -> list[dict[str, Any]]:
    """Return each with the number of texts this person has not read, and the way to the next one.

    Two queries, however many there are.
    """
    number: Counter[int] = Counter()
    told = [each for each in consultations if not each.holds_answers_back]
    comments = Contribution.objects.published().filter(consultation__in=consultations)
    answers = Answer.objects.filter(
        response__consultation__in=told, question__type=QuestionType.LONG_TEXT
    )
    for rows, target, of in (
        (comments, "contribution", "consultation_id"),
        (answers, "answer", "response__consultation_id"),
    ):
        read = CodedText.objects.filter(coder=reader).exclude(**{target: None})
        unread = rows.exclude(pk__in=read.values(target)).order_by()
        number.update(dict(unread.values_list(of).annotate(Count("pk"))))
    return [
        {
            "consultation": each,
            "number": number[each.pk],
            "url": f"{reverse('analysis_code', args=(each.pk,))}?reading={UNREAD}",
        }
        for each in consultations
    ]
