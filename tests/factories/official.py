"""Answers of the cities, the smallest valid ones, and people who sign them."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group

from consultations.analysis.models import CodedText, Theme, ThemeAnnotation
from consultations.models import ConsultationPage
from consultations.official.groups import ensure_groups as ensure_answerers
from consultations.official.models import AnswerSheet, OfficialAnswer
from consultations.official.services import keep_answer, sheet_of
from partnership.cities.models import City
from partnership.ledger.groups import ensure_groups as ensure_signers
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import approve, request_approval
from partnership.pages.groups import EDITORS, ensure_groups
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import in_every_language, make_consultation
from tests.factories.groups import make_groups
from tests.factories.people import ResidentFactory


def make_closed_consultation(**fields: Any) -> ConsultationPage:
    """A consultation that closed yesterday."""
    return make_consultation(closes_in=timedelta(days=-1), **fields)


def make_answer(
    consultation: ConsultationPage, *, by: Resident | None = None, **fields: Any
) -> OfficialAnswer:
    """An answer in every language to the target that is named: ``statement=statement``."""
    values = {
        **in_every_language("text", "We do it next year."),
        **in_every_language("answered_by", "Roads department"),
        **fields,
    }
    answer = OfficialAnswer(sheet=sheet_of(consultation), **values)
    return keep_answer(answer, by=by)  # type: ignore[arg-type]  # nobody, in tests


def make_theme(consultation: ConsultationPage, title: str = "Crossings") -> Theme:
    """A theme of the codebook."""
    return Theme.objects.create(consultation=consultation, **in_every_language("title", title))


def put_under(*themes: Theme, coder: Resident | None = None, **text: Any) -> CodedText:
    """One person's coding of a text: ``put_under(theme, contribution=comment)``."""
    consultation = next(iter(text.values()))
    page = getattr(consultation, "consultation", None) or consultation.response.consultation
    coder = coder or ResidentFactory(is_staff=True)
    coded = CodedText.objects.create(consultation=page, coder=coder, **text)
    for theme in themes:
        ThemeAnnotation.objects.create(coded=coded, theme=theme)
    return coded


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who writes answers, and signs them, for these cities."""
    make_groups(ensure_groups, ensure_signers, ensure_answerers, last="add_officialanswer")
    editor = ResidentFactory(is_staff=True, **fields)
    editor.groups.add(Group.objects.get(name=EDITORS))
    editor.edits_for.set(cities)
    return editor


def sign_and_publish(sheet: AnswerSheet) -> ApprovalRequest:
    """Have an editor of each city sign the sheet as it is."""
    editors = [(city, editor_of(city)) for city in city_pair()]
    request = request_approval(sheet, by=editors[0][1])
    for city, editor in editors:
        approve(request, by=editor, city=city, seen=request.digest)
    return request
