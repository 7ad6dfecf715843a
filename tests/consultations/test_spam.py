"""What keeps machines out: a trap, the time a form takes, limits; and people never notice."""

import re
import time

import pytest
from django.core.cache import cache
from django.test import override_settings

from consultations.limits import COMMENTS, PROPOSALS
from consultations.models import Contribution, Report, Statement
from consultations.proposals.services import PROPOSE
from consultations.services import COMMENT
from partnership.limits import TooOften
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import ContributionFactory, make_consultation

pytestmark = pytest.mark.django_db


def typed(number=0, **values):
    return {
        "text": f"My street {number}.",
        "language_code": "en",
        "form_token": issue(COMMENT),
        **values,
    }


def test_the_trap_is_out_of_sight_and_out_of_the_way_of_the_keyboard():
    consultation = make_consultation()
    client, _participant = signed_in()

    page = client.get(consultation.comment_url).content.decode()

    trap = re.search(r'<div class="vh" aria-hidden="true">.*?</div>', page, re.S)
    assert trap
    assert 'name="homepage"' in trap[0]
    assert 'tabindex="-1"' in trap[0]


@pytest.mark.parametrize("where", ["comment", "propose", "report"])
def test_whoever_fills_in_the_trap_is_told_and_nothing_typed_is_lost(where):
    contribution = ContributionFactory()
    client, _participant = signed_in()
    addresses = {
        "comment": contribution.consultation.comment_url,
        "propose": contribution.consultation.propose_url,
        "report": f"{contribution.consultation.comment_url}{contribution.pk}/report/",
    }
    form = typed(homepage="https://example.org", note="My street 0.", reason="spam")

    response = client.post(addresses[where], form)

    page = response.content.decode()
    assert response.status_code == 422
    assert "A field that only machines see was filled in." in page
    assert "My street 0." in page
    assert "https://example.org" not in page
    assert (Contribution.objects.count(), Statement.objects.count()) == (1, 0)
    assert not Report.objects.exists()


@override_settings(FORM_PATIENCE=2)
def test_a_form_sent_quicker_than_anybody_reads_is_shown_again_and_then_kept(monkeypatch):
    consultation = make_consultation()
    client, _participant = signed_in()
    form = typed()

    quick = client.post(consultation.comment_url, form)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3)
    slow = client.post(consultation.comment_url, form)

    assert "quicker than anybody reads" in text_of(quick)
    assert "My street 0." in quick.content.decode()
    assert (quick.status_code, slow.status_code) == (422, 302)
    assert Contribution.objects.count() == 1


def test_one_person_writes_ten_comments_in_a_quarter_of_an_hour_and_the_next_one_waits():
    consultation = make_consultation()
    client, _participant = signed_in()

    answers = [client.post(consultation.comment_url, typed(number)) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [422]
    assert "please send it in some minutes" in text_of(answers[-1])
    assert "My street 10." in answers[-1].content.decode()
    assert Contribution.objects.count() == COMMENTS.per_person


def test_proposals_are_limited_too():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"language_code": "en", "has_seen_similar": "on"}

    answers = [
        client.post(
            consultation.propose_url,
            {**form, "text": f"Bench {number}", "form_token": issue(PROPOSE)},
        ).status_code
        for number in range(PROPOSALS.per_person + 1)
    ]

    assert answers == [302] * PROPOSALS.per_person + [422]


def test_another_person_at_the_same_address_is_not_kept_waiting():
    consultation = make_consultation()
    first, second = signed_in()[0], signed_in()[0]
    for number in range(11):
        first.post(consultation.comment_url, typed(number))

    assert second.post(consultation.comment_url, typed()).status_code == 302


def test_an_address_has_its_limit_too(rf):
    from tests.factories.people import ResidentFactory

    request = rf.post("/", REMOTE_ADDR="192.0.2.7")
    for number in range(PROPOSALS.per_address):
        if number % PROPOSALS.per_person == 0:
            request.user = ResidentFactory()
        PROPOSALS.count(request)
    request.user = ResidentFactory()

    with pytest.raises(TooOften):
        PROPOSALS.count(request)


def test_each_thing_is_counted_by_itself_and_anew_after_its_time(rf, monkeypatch):
    from tests.factories.people import ResidentFactory

    request = rf.post("/")
    request.user = ResidentFactory()
    for _time in range(COMMENTS.per_person):
        COMMENTS.count(request)

    PROPOSALS.count(request)
    with pytest.raises(TooOften):
        COMMENTS.count(request)
    later = time.time() + COMMENTS.seconds
    monkeypatch.setattr("partnership.limits.time", lambda: later)
    COMMENTS.count(request)


def test_nothing_in_the_cache_tells_the_address(rf):
    from tests.factories.people import ResidentFactory

    request = rf.post("/", REMOTE_ADDR="192.0.2.7")
    request.user = ResidentFactory()
    COMMENTS.count(request)

    kept = repr(getattr(cache, "_cache", {}))
    assert "limit:" in kept
    assert "192.0.2.7" not in kept


def test_with_the_cache_down_people_write_all_the_same(monkeypatch):
    consultation = make_consultation()
    client, _participant = signed_in()

    def lost(*_args, **_kwargs):
        raise ValueError

    monkeypatch.setattr(type(cache._connections["default"]), "incr", lost)
    answers = [client.post(consultation.comment_url, typed(number)) for number in range(12)]

    assert {answer.status_code for answer in answers} == {302}
