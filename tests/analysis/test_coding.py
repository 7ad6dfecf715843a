"""Texts are put under themes by people, several of them, and counted when most say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.analysis.figures import codebook_of
from consultations.analysis.models import CodedText, SavedView, ThemeAnnotation
from consultations.analysis.refusals import TextNotThere, ThemeElsewhere, ThemeIsUsed
from consultations.analysis.services import (
    code_text,
    drop_theme,
    pick_quote,
    put_back_quote,
    save_view,
)
from consultations.analysis.texts import ANSWER, COMMENT, Text, Texts, View
from consultations.enums import PublicationStatus, QuestionType
from consultations.models import Answer, ConsultationPage, Response
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.official import make_answer, make_theme, put_under
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(site_tree):
    return make_consultation()


def text_of(comment):
    return Text(COMMENT, comment.pk, comment.text, comment.language_code, comment.city)


def written(consultation, value="Más sombra, por favor.", *, code="es", city=None):
    question = consultation.questions.filter(type=QuestionType.LONG_TEXT).first()
    question = question or make_question(consultation, QuestionType.LONG_TEXT)
    response = Response.objects.create(
        consultation=consultation, participant=make_participant(), language_code=code, city=city
    )
    return Answer.objects.create(response=response, question=question, value=value)


def found(consultation, coder=None, **asked):
    texts = Texts(consultation, View(**asked), coder=coder)
    return [text.words for text in texts[0:100]]


@pytest.mark.both
def test_coding_again_replaces_what_one_has_said(consultation):
    first, second = make_theme(consultation, "One"), make_theme(consultation, "Two")
    comment, coder = ContributionFactory(consultation=consultation), ResidentFactory()

    code_text(consultation, text_of(comment), coder=coder, themes=[first.number, second.number])
    code_text(consultation, text_of(comment), coder=coder, themes=[second.number])

    assert CodedText.objects.count() == 1
    assert [each.theme for each in ThemeAnnotation.objects.all()] == [second]


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_tabs_at_once_leave_one_coding(site_tree, run_in_threads):
    consultation = make_consultation()
    themes = [make_theme(consultation, name) for name in ("One", "Two")]
    comment, coder = ContributionFactory(consultation=consultation), ResidentFactory()

    outcomes = run_in_threads(
        lambda number: code_text(
            consultation, text_of(comment), coder=coder, themes=[themes[number % 2].number]
        ),
        times=4,
    )

    assert [type(outcome) for outcome in outcomes] == [CodedText] * 4
    assert CodedText.objects.get().annotations.count() == 1


def test_no_theme_is_an_answer_too(consultation):
    comment, coder = ContributionFactory(consultation=consultation), ResidentFactory()

    code_text(consultation, text_of(comment), coder=coder, themes=[])

    assert found(consultation, coder, reading="unread") == []


@pytest.mark.parametrize("hidden", [True, False])
def test_a_text_that_is_not_there_is_not_coded(consultation, hidden):
    comment = ContributionFactory(
        **({"publication_status": PublicationStatus.HIDDEN} if hidden else {}),
        consultation=consultation if hidden else make_consultation(),
    )

    with pytest.raises(TextNotThere):
        code_text(consultation, text_of(comment), coder=ResidentFactory(), themes=[])


def test_a_theme_of_another_codebook_is_refused(consultation):
    comment = ContributionFactory(consultation=consultation)
    make_theme(make_consultation())

    with pytest.raises(ThemeElsewhere):
        code_text(consultation, text_of(comment), coder=ResidentFactory(), themes=[1])


@pytest.mark.both
def test_a_text_counts_when_more_than_half_of_its_readers_say_so(consultation):
    theme = make_theme(consultation)
    alone, split, most = ContributionFactory.create_batch(3, consultation=consultation)
    put_under(theme, contribution=alone)
    put_under(theme, contribution=split)
    put_under(contribution=split)
    for themes in ((theme,), (theme,), ()):
        put_under(*themes, contribution=most)

    codebook = codebook_of(consultation)

    assert (codebook.read, codebook.read_twice) == (3, 2)
    assert [each.texts for each in codebook.themes] == [2]
    settled = {comment for _theme, comment, _answer in ThemeAnnotation.objects.settled()}
    assert settled == {alone.pk, most.pk}


@pytest.mark.parametrize("number", [1, 3])
def test_the_codebook_costs_the_same_for_1_and_3(consultation, number, django_assert_num_queries):
    for _number in range(number):
        theme = make_theme(consultation)
        put_under(theme, contribution=ContributionFactory(consultation=consultation))
        put_under(theme, answer=written(consultation))

    with django_assert_num_queries(3):
        codebook = codebook_of(consultation)

    assert [each.texts for each in codebook.themes] == [2] * number


@pytest.mark.both
def test_a_view_finds_comments_and_texts(consultation):
    alder, puerto = city_pair()
    comment = ContributionFactory(
        consultation=consultation, text="Shade on the way.", language_code="en", city=alder
    )
    answer = written(consultation, "Más sombra aquí. ¡Años ya!", city=puerto)
    ContributionFactory(consultation=consultation, publication_status=PublicationStatus.PENDING)
    theme, coder = make_theme(consultation), ResidentFactory()
    put_under(theme, contribution=comment, coder=coder)
    both = ["Shade on the way.", "Más sombra aquí. ¡Años ya!"]

    assert found(consultation) == both
    assert found(consultation, source="comment") == both[:1]
    assert found(consultation, source=answer.question.identifier) == both[1:]
    assert found(consultation, language="es") == both[1:]
    assert found(consultation, city=puerto.code) == both[1:]
    assert found(consultation, words="AÑOS") == both[1:]
    assert found(consultation, words="shade") == both[:1]
    assert found(consultation, theme=str(theme.number)) == both[:1]
    assert found(consultation, coder, reading="unread") == both[1:]
    assert found(consultation, ResidentFactory(), reading="unread") == both
    assert found(consultation, reading="read") == both[:1]
    assert found(consultation, reading="twice") == []
    put_under(contribution=comment)
    assert found(consultation, reading="twice") == both[:1]


def test_nobody_reads_anonymous_answers_before_the_close(consultation):
    answer = written(consultation)
    text = Text(ANSWER, answer.pk, answer.value, "es", None)
    ConsultationPage.objects.filter(pk=consultation.pk).update(is_anonymous=True)
    consultation.refresh_from_db()

    assert found(consultation) == []
    with pytest.raises(TextNotThere):
        code_text(consultation, text, coder=ResidentFactory(), themes=[])
    consultation.closes_at = timezone.now() - timedelta(minutes=1)
    assert found(consultation) == [answer.value]


def test_what_is_answered_in_a_word_is_not_read_one_by_one(consultation):
    word = make_question(consultation, QuestionType.SHORT_TEXT)
    answer = written(consultation)
    Answer.objects.create(response=answer.response, question=word, value="Bus")

    assert found(consultation) == [answer.value]


def test_a_part_of_the_texts_reaches_from_comments_into_answers(consultation):
    ContributionFactory.create_batch(3, consultation=consultation)
    for number in range(3):
        written(consultation, f"Text {number}")
    texts = Texts(consultation, View(), coder=None)

    parts = [[text.words for text in texts[start : start + 2]] for start in (0, 2, 4)]

    assert texts.count() == 6
    assert [words for part in parts for words in part] == [text.words for text in texts[0:6]]
    assert parts[2] == ["Text 1", "Text 2"]


def test_a_view_is_kept_under_its_name(consultation):
    analyst = ResidentFactory()

    save_view(consultation, View(language="es"), name="Spanish", by=analyst)
    save_view(consultation, View(language="es", words="sol"), name="Spanish", by=analyst)

    saved = SavedView.objects.get()
    assert View.from_saved(saved.query) == View(language="es", words="sol")


def test_a_theme_on_which_something_hangs_stays(consultation):
    used, answered, free = (make_theme(consultation, name) for name in ("A", "B", "C"))
    put_under(used, contribution=ContributionFactory(consultation=consultation))
    make_answer(consultation, theme=answered)

    for theme in (used, answered):
        with pytest.raises(ThemeIsUsed):
            drop_theme(theme)
    drop_theme(free)

    assert list(consultation.themes.in_order()) == [used, answered]


def test_only_what_everybody_reads_is_quoted_and_once(consultation):
    comment = ContributionFactory(consultation=consultation)
    hidden = ContributionFactory(
        consultation=consultation, publication_status=PublicationStatus.HIDDEN
    )

    pick_quote(comment, by=ResidentFactory())
    pick_quote(comment, by=ResidentFactory())
    with pytest.raises(TextNotThere):
        pick_quote(hidden, by=ResidentFactory())

    assert consultation.quotes.count() == 1
    put_back_quote(comment)
    assert consultation.quotes.count() == 0


def test_what_was_taken_back_after_it_was_read_counts_no_more(consultation):
    theme = make_theme(consultation)
    kept, gone = (ContributionFactory(consultation=consultation) for _each in range(2))
    for comment in (kept, gone):
        code_text(consultation, text_of(comment), coder=ResidentFactory(), themes=[theme.number])
    before = codebook_of(consultation)

    type(gone).objects.filter(pk=gone.pk).update(publication_status=PublicationStatus.WITHDRAWN)

    after = codebook_of(consultation)
    assert [(book.read, book.themes[0].texts) for book in (before, after)] == [(2, 2), (1, 1)]
