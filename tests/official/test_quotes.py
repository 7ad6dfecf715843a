"""What was signed quotes what was said, and lets the words go without losing its fingerprint."""

import pytest
from django.db import connection

from consultations.conversation.services import withdraw_comment
from consultations.enums import PublicationStatus
from consultations.moderation.services.removals import ask_for_removal, confirm_removal, digest_of
from consultations.official.signing import quotes_of
from partnership.ledger import quotes
from partnership.ledger.models import ApprovalRequest, Quote
from partnership.ledger.presenting import rows_of
from partnership.ledger.refusals import AlreadyAsked, ContentHasChanged, NothingNewToSign
from partnership.ledger.services import approve, request_approval
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, StatementFactory
from tests.factories.moderation import make_moderator
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    make_theme,
    sign_and_publish,
)

pytestmark = pytest.mark.django_db

WORDS, REMOVED = "Light up the harbour steps", "The words were removed."


@pytest.fixture
def comment(db):
    return ContributionFactory(consultation=make_closed_consultation(), text=WORDS)


@pytest.fixture
def answer(comment):
    return make_answer(comment.consultation, contribution=comment)


def first_row(request):
    return str(rows_of(request)[0].label)


def test_the_words_are_shown_and_stand_nowhere_in_what_is_signed(answer, comment):
    request = sign_and_publish(answer.sheet)

    assert first_row(request) == WORDS
    (entry,) = request.content["content"]["answers"]
    assert WORDS not in repr(request.content)
    assert entry["quote"] == Quote.objects.get(about=quotes.name_of(comment)).digest


def test_anybody_with_words_and_salt_can_prove_what_was_signed(answer):
    request = sign_and_publish(answer.sheet)
    quote = Quote.objects.get()

    made_again = Quote(about="elsewhere", text=WORDS, salt=quote.salt)._own_digest()

    assert made_again == quote.digest in repr(request.content)
    assert Quote(about="guess", text=WORDS)._own_digest() != quote.digest


def test_words_taken_back_go_and_the_fingerprint_stays(answer, comment):
    request = sign_and_publish(answer.sheet)

    withdraw_comment(comment, participant=comment.participant)

    request.refresh_from_db()
    assert (first_row(request), request.is_intact) == (REMOVED, True)
    assert not Quote.objects.exists()


def test_words_taken_back_are_not_quoted_again(answer, comment):
    withdraw_comment(comment, participant=comment.participant)

    request = sign_and_publish(answer.sheet)

    assert comment.text == WORDS  # the row still has them, for moderators
    assert (first_row(request), Quote.objects.count()) == (REMOVED, 0)


@pytest.mark.both
def test_words_removed_by_two_people_go(answer, comment):
    request = sign_and_publish(answer.sheet)
    comment.publication_status = PublicationStatus.HIDDEN
    comment.save()
    first, second = (make_moderator(city_pair()[0]) for _person in range(2))

    removal = ask_for_removal(comment, by=first, reason="unlawful")
    confirm_removal(removal, by=second, seen=digest_of(comment))

    request.refresh_from_db()
    assert (first_row(request), request.is_intact) == (REMOVED, True)
    assert WORDS not in repr(list(Quote.objects.values()))


def test_other_words_cannot_be_put_in_their_place(answer):
    request = sign_and_publish(answer.sheet)

    Quote.objects.update(text="Something nobody said")

    assert first_row(request) == REMOVED


@pytest.mark.both
def test_the_same_words_are_kept_once_and_need_no_new_signature(answer):
    editor = editor_of(city_pair()[0])
    request_approval(answer.sheet, by=editor)

    with pytest.raises(AlreadyAsked):
        request_approval(answer.sheet, by=editor)
    for city in city_pair():
        request = ApprovalRequest.objects.open().about(answer.sheet).get()
        approve(request, by=editor_of(city), city=city, seen=request.digest)
    with pytest.raises(NothingNewToSign):
        request_approval(answer.sheet, by=editor)

    assert Quote.objects.count() == 1


def test_words_that_go_before_the_last_signature_have_to_be_read_again(answer, comment):
    alder, puerto = city_pair()
    request = request_approval(answer.sheet, by=editor_of(alder))
    approve(request, by=editor_of(alder), city=alder, seen=request.digest)

    withdraw_comment(comment, participant=comment.participant)

    with pytest.raises(ContentHasChanged):
        approve(request, by=editor_of(puerto), city=puerto, seen=request.digest)


def test_changed_words_are_another_quote(answer, comment):
    sign_and_publish(answer.sheet)
    comment.text = "Light up the harbour stairs"
    comment.save()

    request = sign_and_publish(answer.sheet)
    texts = set(Quote.objects.values_list("text", flat=True))
    forgotten = quotes.forget(comment)

    assert texts == {WORDS, comment.text}
    assert forgotten == 2
    assert request.is_intact


@pytest.mark.both
def test_every_kind_of_target_is_quoted_in_the_same_number_of_queries(
    answer, django_assert_num_queries
):
    consultation = answer.sheet.consultation
    make_answer(consultation, statement=StatementFactory(consultation=consultation))
    make_answer(consultation, theme=make_theme(consultation))

    with django_assert_num_queries(3):
        quoted = quotes_of(answer.sheet)

    assert len(quoted) == 3
    assert all(quoted.values())


def test_a_record_cannot_be_changed_to_let_words_go(answer):
    sign_and_publish(answer.sheet)

    with connection.cursor() as cursor, pytest.raises(Exception, match="never changed or deleted"):
        cursor.execute("UPDATE ledger_approvalrequest SET content = '{}'")
