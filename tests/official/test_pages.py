"""What readers see: answers under what was said, and the page that gathers them."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from consultations.enums import PublicationStatus, QuestionType
from consultations.models import Answer, Response
from consultations.official.reading import coverage_of
from consultations.official.services import keep_answer
from consultations.presenting.votes import statement_address
from partnership.pages.languages import CODES, localized
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.official import (
    make_answer,
    make_closed_consultation,
    make_theme,
    put_under,
    sign_and_publish,
)
from tests.factories.roadmap import cite, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

ANONYMOUS = 15
#: What a closed consultation costs without questions, and one query for all answers on it.
CLOSED = 15


def address(consultation, code="en"):
    with translation.override(code):
        return reverse("consultation_answers", args=(consultation.slug_in(code),))


def body(client, url):
    return client.get(url).content.decode()


def words(en, es, name="text"):
    return {localized(name, "en"): en, localized(name, "es"): es}


@pytest.fixture
def consultation(site_tree):
    return make_closed_consultation()


def test_there_is_no_page_before_every_city_has_signed(client, consultation):
    make_answer(consultation, statement=StatementFactory(consultation=consultation))

    assert client.get(address(consultation)).status_code == 404
    assert "We do it next year." not in body(client, consultation.url)


@pytest.mark.parametrize(
    ("code", "own", "other"), [("en", "We build it.", "La hacemos."), ("es", "La hacemos.", "We")]
)
def test_an_answer_is_read_in_ones_language_with_the_other_one_click_away(
    client, consultation, code, own, other
):
    statement = StatementFactory(consultation=consultation)
    answer = make_answer(
        consultation, statement=statement, state="accepted",
        **words("We build it.", "La hacemos."),
        **words("Roads department", "Área de Vías", "answered_by"),
    )  # fmt: skip
    promise = make_commitment(make_roadmap(), title="A raised crossing")
    coming = make_commitment(make_roadmap(2041, live=False), title="Not told yet")
    keep_answer(answer, commitments=[promise, coming], by=None)
    sign_and_publish(answer.sheet)

    html = body(client, address(consultation, code))

    first, _summary, rest = html.partition("<details")
    assert own in first
    assert other in rest
    assert {"en": "Accepted", "es": "Aceptado"}[code] in html
    assert {"en": "Roads department,", "es": "Área de Vías,"}[code] in html
    assert ("A raised crossing" in html, "Not told yet" in html) == (True, False)
    assert f"statement/{statement.number}" in html or f"frase/{statement.number}" in html


def test_no_answer_stands_beside_what_still_runs(client, site_tree):
    consultation = make_consultation()
    comment = ContributionFactory(consultation=consultation)
    answer = make_answer(consultation, contribution=comment, **words("Soon.", "Pronto."))
    sign_and_publish(answer.sheet)

    assert "Soon." not in body(client, consultation.url)


def test_the_answer_stands_under_the_comment_and_on_the_statements_page(client, consultation):
    statement = StatementFactory(consultation=consultation)
    comment = ContributionFactory(consultation=consultation)
    reply = ContributionFactory(consultation=consultation, parent=comment)
    make_answer(consultation, statement=statement, **words("On statement.", "A la frase."))
    make_answer(consultation, contribution=comment, **words("On comment.", "Al comentario."))
    answer = make_answer(consultation, contribution=reply, **words("On reply.", "A la réplica."))
    sign_and_publish(answer.sheet)

    page = body(client, consultation.url)

    assert "On comment." in page.partition(f'id="comment-{reply.pk}"')[0]
    assert "On reply." in page.partition(f'id="comment-{reply.pk}"')[2]
    assert f"{address(consultation)}#answer-" in page
    with translation.override("en"):
        where = reverse(
            "consultation_statement", args=(consultation.slug_in("en"), statement.number)
        )
    assert "On statement." in body(client, where)


def test_no_answer_gives_back_words_that_are_hidden(client, consultation):
    statement = StatementFactory(consultation=consultation, **words("Fell them.", "Talarlos."))
    parent = ContributionFactory(consultation=consultation)
    reply = ContributionFactory(consultation=consultation, parent=parent, text="As you say.")
    make_answer(consultation, statement=statement)
    sign_and_publish(make_answer(consultation, contribution=reply).sheet)
    before = body(client, address(consultation))
    for hidden in (statement, parent):
        hidden.publication_status = PublicationStatus.HIDDEN
        hidden.save()

    page = body(client, address(consultation))

    assert ("Fell them." in before, "As you say." in before) == (True, True)
    assert ("Fell them." in page, "As you say." in page) == (False, False)
    assert "A statement that is no longer shown" in page
    assert "A comment that is no longer shown" in page


def test_an_answer_names_no_promise_of_a_roadmap_for_some_people_only(client, consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    promise = make_commitment(make_roadmap(), title="A raised crossing")
    keep_answer(answer, commitments=[promise], by=None)
    sign_and_publish(answer.sheet)
    before = body(client, address(consultation))
    PageViewRestriction.objects.create(page=promise.roadmap, restriction_type="login")

    assert "A raised crossing" in before
    assert "A raised crossing" not in body(client, address(consultation))


def test_an_answer_to_a_theme_is_told_once_and_each_other_comment_leads_to_it(client, consultation):
    theme = make_theme(consultation, "Crossings")
    comments = ContributionFactory.create_batch(2, consultation=consultation)
    for comment in comments:
        put_under(theme, contribution=comment)
    answer = make_answer(consultation, theme=theme, **words("Four more.", "Cuatro más."))
    sign_and_publish(answer.sheet)

    page = body(client, consultation.url)

    assert page.count("<p>Four more.</p>") == 1
    assert page.index(f'id="official-{answer.pk}"') < page.index(f'href="#official-{answer.pk}"')
    assert page.count("The cities’ answer to “Crossings”: read it above") == 1
    assert "Theme of 2 texts" in body(client, address(consultation))


def test_a_reply_to_an_idea_leads_to_the_answer_that_stands_above_it(client, consultation):
    theme = make_theme(consultation, "Crossings")
    idea = ContributionFactory(consultation=consultation, kind="idea", reply_count=1)
    reply = ContributionFactory(consultation=consultation, parent=idea)
    for said in (idea, reply):
        put_under(theme, contribution=said)
    answer = make_answer(consultation, theme=theme, **words("Four more.", "Cuatro más."))
    sign_and_publish(answer.sheet)

    page = body(client, idea.replies_url)

    assert page.count("<p>Four more.</p>") == 1
    assert page.index(f'id="official-{answer.pk}"') < page.index(f'href="#official-{answer.pk}"')


def test_a_hidden_comment_is_not_quoted(client, consultation):
    comment = ContributionFactory(consultation=consultation, text="Rude words.")
    answer = make_answer(consultation, contribution=comment)
    sign_and_publish(answer.sheet)
    comment.publication_status = PublicationStatus.HIDDEN
    comment.save()

    html = body(client, address(consultation))

    assert "Rude words." not in html
    assert "A comment that is no longer shown" in html


@pytest.mark.both
def test_coverage_counts_statements_comments_and_texts(consultation):
    theme, question = make_theme(consultation), make_question(consultation, QuestionType.LONG_TEXT)
    statement = StatementFactory(consultation=consultation)
    StatementFactory(consultation=consultation, duplicate_of=statement)
    StatementFactory(consultation=consultation)
    StatementFactory(consultation=consultation, publication_status=PublicationStatus.HIDDEN)
    comment, themed, _open = ContributionFactory.create_batch(3, consultation=consultation)
    ContributionFactory(consultation=consultation, parent=comment)
    ContributionFactory(consultation=consultation, publication_status=PublicationStatus.PENDING)
    put_under(theme, contribution=themed)
    texts = [_text(consultation, question) for _number in range(3)]
    put_under(theme, answer=texts[0])
    make_answer(consultation, statement=statement)
    make_answer(consultation, contribution=comment)
    answer = make_answer(consultation, theme=theme)
    sign_and_publish(answer.sheet)

    coverage = coverage_of(consultation)

    counted = [(share.answered, share.total) for share in coverage.shares]
    assert counted == [(2, 3), (3, 4), (1, 3)]
    assert (coverage.answered, coverage.total, coverage.percent) == (6, 10, 60)


def _text(consultation, question):
    response = Response.objects.create(
        consultation=consultation, participant=make_participant(), language_code=CODES[0]
    )
    return Answer.objects.create(response=response, question=question, value="A text.")


def test_an_answer_to_a_question_covers_its_texts_and_rounding_is_down(consultation):
    question = make_question(consultation, QuestionType.LONG_TEXT)
    for _number in range(2):
        _text(consultation, question)
    StatementFactory(consultation=consultation)
    answer = make_answer(consultation, question=question)
    sign_and_publish(answer.sheet)

    assert coverage_of(consultation).percent == 66


def test_the_page_tells_its_coverage_in_words(client, consultation):
    statement = StatementFactory(consultation=consultation)
    StatementFactory(consultation=consultation)
    answer = make_answer(consultation, statement=statement)
    sign_and_publish(answer.sheet)

    assert "50%: 1 of 2 contributions have an answer." in body(client, address(consultation))
    assert "1 de 2 aportaciones" in body(client, address(consultation, "es"))


def test_the_pages_cost_the_same_for_any_number_of_answers(
    client, consultation, django_assert_max_num_queries
):
    number = 12
    theme = make_theme(consultation)
    promise = make_commitment(make_roadmap())
    for _number in range(number):
        comment = ContributionFactory(consultation=consultation)
        put_under(theme, contribution=comment)
        answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
        keep_answer(answer, commitments=[promise], by=None)
        make_answer(consultation, contribution=comment)
    answer = make_answer(consultation, theme=theme)
    cite(promise, consultation=consultation)
    consultation.people.create(participant=make_participant())
    sign_and_publish(answer.sheet)
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        client.get(f"{address(consultation)}?cold=1")
    with django_assert_max_num_queries(CLOSED):
        client.get(f"{consultation.url}?cold=1")


def test_a_closed_consultation_with_everything_costs_no_more(
    client, consultation, django_assert_max_num_queries
):
    number = 3
    promise = make_commitment(make_roadmap())
    for _number in range(number):
        question = make_question(consultation)
        response = Response.objects.create(
            consultation=consultation, participant=make_participant(), language_code="en"
        )
        Answer.objects.create(response=response, question=question, value="o1")
        make_answer(consultation, question=question)
        make_answer(consultation, statement=StatementFactory(consultation=consultation))
        comment = ContributionFactory(consultation=consultation)
        answer = make_answer(consultation, contribution=comment)
    cite(promise, consultation=consultation)
    consultation.people.create(participant=make_participant())
    sign_and_publish(answer.sheet)
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        page = client.get(f"{consultation.url}?cold=1").content.decode()

    # once in each language, and in the name of the button that unfolds the other one
    assert page.count("We do it next year.") == 3 * number
    assert page.count("Option 3") > number


def test_the_page_sets_no_cookie_and_carries_no_token(client, consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)

    response = client.get(address(consultation))

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_the_page_of_a_statement_tells_no_answer_before_the_close(client, site_tree):
    running = make_consultation()
    statement = StatementFactory(consultation=running)
    sheet = make_answer(running, statement=statement, **words("We build it.", "Se hace.")).sheet
    sign_and_publish(sheet)
    page = statement_address(running.slug_in("en"), statement)

    assert "We build it." not in body(client, page)
    type(running).objects.update(closes_at=timezone.now())
    assert "We build it." in body(client, page)
