"""Answers are signed by every city and published together; a change waits for new signatures."""

import pytest
from django.utils import translation

from consultations.official.models import AnswerSheet, OfficialAnswer, PublishedAnswer
from consultations.official.refusals import (
    AnswerIsPublished,
    AnswersNotReady,
    NothingAnswered,
    TargetElsewhere,
)
from consultations.official.services import keep_answer, sheet_of, take_away
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import approve, request_approval
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_question,
)
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    make_theme,
    put_under,
    sign_and_publish,
)
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

EN = localized("text", CODES[0])


@pytest.fixture
def consultation(db):
    return make_closed_consultation()


@pytest.fixture
def editor(consultation):
    return editor_of(city_pair()[0])


def shown(answer):
    found = PublishedAnswer.objects.current().filter(answer=answer)
    return [getattr(each, EN) for each in found]


@pytest.mark.both
def test_all_answers_are_published_at_once_by_the_last_signature(consultation):
    first = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    second = make_answer(consultation, contribution=ContributionFactory(consultation=consultation))

    sign_and_publish(first.sheet)

    assert [*shown(first), *shown(second)] == ["We do it next year."] * 2
    assert AnswerSheet.objects.get(pk=first.sheet_id).published_at is not None


@pytest.mark.both
def test_a_changed_answer_is_signed_anew_and_the_old_one_stays_visible(consultation, editor):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    other = make_answer(consultation, contribution=ContributionFactory(consultation=consultation))
    sign_and_publish(answer.sheet)
    untouched = PublishedAnswer.objects.get(answer=other)
    for code in CODES:
        setattr(answer, localized("text", code), "We do it now.")
    keep_answer(answer, by=editor)

    while_it_waits = shown(answer)
    sign_and_publish(answer.sheet)

    assert while_it_waits == ["We do it next year."]
    assert shown(answer) == ["We do it now."]
    replaced = PublishedAnswer.objects.exclude(replaced_at=None)
    assert [getattr(each, EN) for each in replaced] == ["We do it next year."]
    assert PublishedAnswer.objects.get(answer=other) == untouched


def test_an_edit_while_a_city_has_signed_voids_it(consultation, editor):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    request = request_approval(answer.sheet, by=editor)
    answer.state = "accepted"

    keep_answer(answer, by=editor)

    assert ApprovalRequest.objects.get(pk=request.pk).conclusion.outcome == "edited"


def test_a_new_answer_and_a_new_promise_void_it_too(consultation, editor):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    first = request_approval(answer.sheet, by=editor)
    keep_answer(answer, commitments=[make_commitment(make_roadmap())], by=editor)
    second = request_approval(answer.sheet, by=editor)
    make_answer(consultation, contribution=ContributionFactory(consultation=consultation))

    assert [each.conclusion.outcome for each in (first, second)] == ["edited", "edited"]


def test_taking_an_answer_away_voids_it_too(consultation, editor):
    make_answer(consultation, statement=StatementFactory(consultation=consultation))
    other = make_answer(consultation, contribution=ContributionFactory(consultation=consultation))
    request = request_approval(other.sheet, by=editor)

    take_away(other, by=editor)

    assert ApprovalRequest.objects.get(pk=request.pk).conclusion.outcome == "edited"


@pytest.mark.parametrize("code", CODES)
def test_an_answer_that_lacks_a_language_is_not_sent_to_be_signed(consultation, editor, code):
    answer = make_answer(
        consultation,
        statement=StatementFactory(consultation=consultation),
        **{localized("text", code): ""},
    )

    with pytest.raises(AnswersNotReady) as refused:
        request_approval(answer.sheet, by=editor)

    assert len(refused.value.reasons) == 1


def test_an_answer_of_which_one_language_has_changed_is_not_sent_either(consultation, editor):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    answer = OfficialAnswer.objects.get(pk=answer.pk)
    setattr(answer, EN, "We do it now.")
    keep_answer(answer, by=editor)

    with pytest.raises(AnswersNotReady):
        request_approval(answer.sheet, by=editor)


def test_nothing_is_signed_where_nothing_is_answered(consultation, editor):
    with pytest.raises(NothingAnswered):
        request_approval(sheet_of(consultation), by=editor)


def test_only_what_was_said_there_is_answered(consultation):
    elsewhere = StatementFactory(consultation=make_closed_consultation())

    with pytest.raises(TargetElsewhere):
        make_answer(consultation, statement=elsewhere)


def test_what_readers_know_is_not_taken_away(consultation, editor):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    unread = make_answer(consultation, contribution=ContributionFactory(consultation=consultation))
    take_away(unread, by=editor)
    sign_and_publish(answer.sheet)

    with pytest.raises(AnswerIsPublished):
        take_away(answer, by=editor)

    assert list(OfficialAnswer.objects.all()) == [answer]


def test_an_answer_to_a_theme_covers_the_texts_as_coded_that_day(consultation):
    theme = make_theme(consultation)
    coded, left_open = ContributionFactory.create_batch(2, consultation=consultation)
    put_under(theme, contribution=coded)
    put_under(theme, contribution=left_open)
    put_under(contribution=left_open)  # somebody else sees no theme in it
    another = ContributionFactory(consultation=consultation)
    put_under(make_theme(consultation, "Benches"), contribution=another)
    answer = make_answer(consultation, theme=theme)

    sign_and_publish(answer.sheet)

    published = PublishedAnswer.objects.get(answer=answer)
    assert [each.contribution for each in published.covered.all()] == [coded]


def test_cities_of_a_single_citys_consultation_are_all_of_them():
    alder, _puerto = city_pair()
    consultation = make_closed_consultation(cities=[alder])
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))

    request = request_approval(answer.sheet, by=editor_of(alder))

    assert request.asked == list(city_pair())


@pytest.mark.parametrize("target", ["theme", "question"])
def test_every_city_signs_the_same_words_whatever_language_it_works_in(consultation, target):
    asked = {
        "theme": lambda: make_theme(consultation),
        "question": lambda: make_question(consultation, "long_text"),
    }[target]()
    name = "title" if target == "theme" else "text"
    for code in ("en", "es"):
        setattr(asked, localized(name, code), f"Shade ({code})")
    asked.save()
    sheet = make_answer(consultation, **{target: asked}).sheet
    (alder, puerto) = city_pair()

    with translation.override("es"):
        request = request_approval(sheet, by=editor_of(puerto))
        approve(request, by=editor_of(puerto), city=puerto, seen=request.digest)
    with translation.override("en"):
        approve(request, by=editor_of(alder), city=alder, seen=request.digest)

    assert PublishedAnswer.objects.filter(answer__sheet=sheet).exists()
