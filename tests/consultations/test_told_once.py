"""Nothing is said twice or in one colour with something else: outcomes, verdicts, numbers."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from consultations import outcomes
from consultations.enums import VoteChoice
from consultations.models import StatementTally
from consultations.official.enums import AnswerState
from consultations.roadmap.enums import Disposition
from consultations.services import VOTE, vote
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation

pytestmark = pytest.mark.django_db


def told(part: Any) -> str:
    return " ".join(part.get_text(" ").split())


def page(client: Any, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def outcome(disposition: str, anchor: str = "statement-1", title: str = "A ramp") -> Any:
    return outcomes.Outcome(
        anchor=anchor,
        title=title,
        url=f"/en/roadmap/2027/#{title}",
        disposition=disposition,
        disposition_label=disposition.capitalize(),
        status="agreed",
        status_label="Planned",
    )


def became(monkeypatch: Any, *found: Any) -> None:
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: found])


def voted_on(agree: tuple[int, int], seen: int) -> Any:
    """A closed consultation with a statement on which so many of each city agree."""
    consultation = make_consultation(closes_in=timedelta(days=-1))
    statement = StatementFactory(consultation=consultation)
    for city, number in zip(city_pair(), agree, strict=True):
        StatementTally.objects.create(
            statement=statement, city=city, agree=number, disagree=seen - number
        )
    return consultation


def test_every_end_has_a_sign_of_its_own():
    ends = [*Disposition.values, *AnswerState.values]

    assert set(ends) <= set(outcomes.SIGNS)
    assert len({outcomes.SIGNS[end] for end in Disposition.values}) == len(Disposition)


def test_what_was_declined_never_looks_like_common_ground(client, monkeypatch):
    consultation = voted_on((60, 45), 60)
    became(monkeypatch, outcome("adopted"), outcome("declined", title="A fence"))

    chips = page(client, consultation.url).select("#statement-1 .chip")

    assert [(told(chip), chip["class"]) for chip in chips] == [
        ("A ramp: Adopted", ["chip", "chip-yes"]),
        ("A fence: Declined", ["chip", "chip-no"]),
        ("Common ground", ["chip", "chip-shared"]),
    ]
    assert [chip.use["href"] for chip in chips[:2]] == ["#i-check", "#i-x"]


@pytest.mark.parametrize(
    ("agree", "seen", "pill", "sentence"),
    [
        ((60, 45), 60, "Common ground", "At least 64% agree in every city."),
        ((3, 3), 6, "Too few votes to say", "It takes 20 votes from each city; there are 6 in"),
        ((1, 1), 3, "Too few votes to say", "Fewer than 20 people have voted in"),
    ],
)
def test_the_verdict_is_told_once(client, agree, seen, pill, sentence):
    consultation = voted_on(agree, seen)

    row = told(page(client, consultation.url).select_one("#statement-1"))

    assert row.count(pill) == 1
    assert sentence in row


def test_the_lists_show_the_number_by_which_comments_cite_a_statement(client):
    closed = voted_on((60, 45), 60)
    open_now = make_consultation(slug="open-now")
    StatementFactory.create_batch(2, consultation=open_now)

    numbers = [
        [told(text).split()[0] for text in page(client, one.url).select(".ground .ground-text")]
        for one in (closed, open_now)
    ]

    assert numbers == [["1."], ["1.", "2."]]


def test_progress_counts_answers_and_what_was_saved_is_quoted():
    consultation = make_consultation()
    words = "Every bench on the quay needs a back and shade"
    first = StatementFactory(consultation=consultation, text_en=words, text_es="Sombra.")
    StatementFactory.create_batch(2, consultation=consultation)
    client, participant = signed_in()
    before = told(page(client, consultation.url).select_one(".statement-top"))
    vote(first, participant=participant, choice=VoteChoice.AGREE)

    card = page(client, f"{consultation.url}?saved={first.number}").select_one("#vote")

    assert before == "0 of 3 answered"
    assert told(card.select_one(".statement-top")) == "1 of 3 answered"
    note = told(card.select_one(".vote-note"))
    assert note == "Saved: “Every bench on the quay needs…”, Agree. Here is the next one."


def test_the_last_vote_leads_to_where_it_is_thanked_for():
    statement = StatementFactory()
    client, _participant = signed_in()
    sent = {"statement": statement.number, "choice": "agree", "form_token": issue(VOTE)}

    done = client.post(statement.consultation.vote_url, sent)

    assert done["Location"].endswith("#vote")
    thanks = page(client, done["Location"]).select_one("#vote")
    assert "You have answered every statement" in told(thanks)


@pytest.mark.parametrize("number", [1, 3])
def test_what_comes_from_it_is_one_line_that_opens(client, monkeypatch, number):
    consultation = make_consultation()
    found = [outcome("adopted", anchor="", title=f"Promise {each}") for each in range(number)]
    became(monkeypatch, *found)

    shown = page(client, consultation.url)

    if number == 1:
        assert "A promise comes from it: Promise 0" in told(shown)
        assert shown.select_one(".feeds") is None
    else:
        assert told(shown.select_one(".feeds > summary")) == "3 promises come from it"
        links = [told(link) for link in shown.select(".feeds a")]
        assert links == ["Promise 0", "Promise 1", "Promise 2"]
        assert not shown.select_one(".feeds").has_attr("open")


def test_the_form_of_a_comment_leads_nowhere_else_and_costs_no_question_for_it(client, monkeypatch):
    consultation = make_consultation(closes_in=timedelta(days=1))
    asked: list[Any] = []
    monkeypatch.setattr(
        outcomes, "_finders", [lambda one, _cities: asked.append(one) or [outcome("adopted", "")]]
    )

    shown = told(page(client, consultation.comment_url))

    assert "Closes on" in shown
    assert "A ramp" not in shown
    assert asked == []
