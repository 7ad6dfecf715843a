"""Everybody reads what the cities signed, and can compute its fingerprints again."""

import io
import json
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from consultations.models import ConsultationPage
from consultations.official.models import OfficialAnswer
from consultations.official.services import keep_answer
from partnership.ledger.chain import append
from partnership.ledger.models import ApprovalRequest, Conclusion, LedgerEntry
from partnership.ledger.reading import PER_PAGE
from partnership.people.models import Resident
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
)
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish

pytestmark = pytest.mark.django_db


def address(name="ledger", *args, code="en"):
    with translation.override(code):
        return reverse(name, args=args)


def body(client, url):
    return client.get(url).content.decode()


@pytest.fixture
def consultation(site_tree):
    return make_closed_consultation(title="School streets")


@pytest.fixture
def answer(consultation):
    comment = ContributionFactory(consultation=consultation, text="Words of a resident")
    answer = make_answer(consultation, contribution=comment)
    sign_and_publish(answer.sheet)
    return OfficialAnswer.objects.get(pk=answer.pk)


@pytest.fixture
def entry(answer):
    return LedgerEntry.objects.get()


@pytest.mark.parametrize(
    ("code", "title"),
    [("en", "Answers to “School streets”"), ("es", "Respuestas a «School streets»")],
)
def test_the_page_says_what_was_signed_by_which_cities_with_the_whole_fingerprints(
    client, entry, code, title
):
    html = body(client, address(code=code))

    assert title in html
    assert "Alder Bay" in html
    assert "Puerto" in html
    assert [each for each in (entry.digest, entry.hash, entry.before) if each not in html] == []
    assert not client.cookies


@pytest.mark.both
def test_the_file_of_an_entry_has_the_fingerprint_that_was_signed(client, answer, entry):
    file = client.get(address("ledger_content", entry.number))

    assert sha256(file.content).hexdigest() == entry.digest
    assert json.loads(file.content)["content"]["answers"][0]["text"]["en"] == answer.text


def test_nothing_of_a_resident_and_no_name_of_staff_is_in_it(client, entry):
    files = [body(client, address("ledger_content", entry.number)), body(client, address())]
    files.append(b"".join(client.get(address("ledger_file"))).decode())

    everything = "".join(files)
    assert "Words of a resident" not in everything
    assert [each for each in Resident.objects.all() if each.name in everything] == []


@pytest.mark.both
def test_the_whole_ledger_is_a_file_that_can_be_computed_again(client, answer):
    keep_answer_and_sign_again(answer, "We do it this year.")

    log = json.loads(b"".join(client.get(address("ledger_file"))))

    before = "0" * 64
    for each in log["entries"]:
        record = json.dumps(each["record"], sort_keys=True, separators=(",", ":"))
        assert (each["record"]["before"], each["hash"]) == (
            before,
            sha256(record.encode()).hexdigest(),
        )
        before = each["hash"]
    assert log["head"] == {"number": 2, "hash": before}
    assert log["content"].endswith("/en/ledger/{number}.json")


def keep_answer_and_sign_again(answer, text):
    for name, words in in_every_language("text", text).items():
        setattr(answer, name, words)
    keep_answer(answer, by=None)
    sign_and_publish(answer.sheet)


def test_what_readers_cannot_see_has_neither_name_nor_file(client, consultation, entry):
    PageViewRestriction.objects.create(page=consultation, restriction_type="login")
    restricted = body(client, address())
    PageViewRestriction.objects.all().delete()
    ConsultationPage.objects.update(live=False)
    taken_down = body(client, address())

    for html in (restricted, taken_down):
        assert "School streets" not in html
        assert "Something that readers cannot see now" in html
        assert entry.hash in html
    assert client.get(address("ledger_content", entry.number)).status_code == 404


def test_content_that_still_holds_residents_words_is_handed_out_to_nobody(client, consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)
    request = ApprovalRequest.objects.get()
    old = {**request.content["content"]["answers"][0], "words": "Words of a resident"}
    earlier = ApprovalRequest.objects.create(
        subject=answer.sheet, content={"content": {"answers": [old]}}, digest="d" * 64
    )
    Conclusion.objects.create(request=earlier, outcome="signed")

    number = append(earlier).number

    assert client.get(address("ledger_content", number)).status_code == 404
    assert f"/en/ledger/{number}.json" not in body(client, address())
    assert "/en/ledger/1.json" in body(client, address())


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_entries(
    client, answer, number, django_assert_num_queries
):
    for place in range(1, number):
        keep_answer_and_sign_again(answer, f"We do it in {place} years.")
    client.get(address())

    with django_assert_num_queries(8):
        html = body(client, f"{address()}?again=1")

    assert html.count('id="entry-') == number


def test_a_link_to_an_entry_stays_true_when_others_come_before_it(client, answer):
    entries = PER_PAGE
    first = client.get(address("ledger_entry", 1))
    while LedgerEntry.objects.count() <= entries:
        last = ApprovalRequest.objects.create(
            subject=answer.sheet, content={}, digest=f"{LedgerEntry.objects.count():064}"
        )
        Conclusion.objects.create(request=last, outcome="signed")
        append(last)

    later = client.get(address("ledger_entry", 1))

    assert first.url == f"{address()}?page=1#entry-1"
    assert later.url == f"{address()}?page=2#entry-1"
    assert 'id="entry-1"' in body(client, later.url)
    assert 'rel="prev"' in body(client, later.url)


def test_numbers_that_are_no_entry_lead_nowhere(client, site_tree):
    wrong = [address(name, 9**30) for name in ("ledger_entry", "ledger_content")]

    assert [client.get(url).status_code for url in wrong] == [404, 404]
    assert "Nothing has been signed by every city yet." in body(client, address())


def test_the_page_of_answers_shows_the_whole_fingerprint_and_leads_to_the_entry(
    client, consultation, entry
):
    html = body(client, f"{consultation.url}answers/")

    assert entry.digest in html
    assert address("ledger_entry", entry.number) in html


def test_the_command_finds_the_ledger_of_real_answers_in_order(answer):
    out = io.StringIO()

    call_command("check_ledger", stdout=out)

    assert out.getvalue().startswith("Entries: 1, every one as it was.")
