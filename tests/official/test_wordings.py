"""Of several wordings of an answer one is shown and found: the last, on the page it stands on."""

from datetime import timedelta

import pytest

from consultations.official import finding
from consultations.official.models import AnswerSheet, OfficialAnswer, PublishedAnswer
from consultations.official.presenting import _number_of, answers_context
from consultations.official.services import keep_answer
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, in_every_language, make_consultation
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    sign_and_publish,
)

pytestmark = pytest.mark.django_db


def reword(answer, text):
    for code in CODES:
        setattr(answer, localized("text", code), text)
    keep_answer(answer, by=None)
    sign_and_publish(answer.sheet)


def answers_to(consultation, number):
    return [
        make_answer(
            consultation,
            statement=StatementFactory(consultation=consultation),
            **in_every_language("answered_by", f"Office {place}"),
        )
        for place in range(number)
    ]


def found():
    return [(told.title, told.text, told.url) for told in map(finding.tell, finding.answers("en"))]


def test_a_new_wording_replaces_the_old_one_for_readers_and_the_search(site_tree):
    [answer] = answers_to(make_closed_consultation(), 1)
    sign_and_publish(answer.sheet)
    first_at = AnswerSheet.objects.get().published_at

    reword(answer, "We do it this year.")

    old, new = PublishedAnswer.objects.order_by("pk")
    assert (old.replaced_at, new.replaced_at) == (new.published_at, None)
    assert list(PublishedAnswer.objects.current()) == [new]
    assert [text for _title, text, _url in found()] == ["We do it this year."]
    assert AnswerSheet.objects.get().published_at == first_at


def test_an_answer_is_found_on_the_page_it_stands_on(site_tree, client, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 2)
    monkeypatch.setattr("consultations.official.presenting.PER_PAGE", 2)
    first, *_others = answers_to(make_closed_consultation(), 4)
    sign_and_publish(first.sheet)
    reword(first, "We do it this year.")  # its old wording takes no place

    urls = {title: url for title, _text, url in found()}

    assert sorted(urls) == [f"Office {place}" for place in range(4)]
    assert ["page=2" in urls[f"Office {place}"] for place in range(4)] == [False, False, True, True]
    for name, url in urls.items():
        address, _hash, anchor = url.partition("#")
        page = client.get(address).content.decode()
        assert f'id="{anchor}"' in page
        assert name in page


def test_what_was_signed_before_the_close_is_found_after_it(site_tree):
    consultation = make_consultation(closes_in=timedelta(days=1))
    [answer] = answers_to(consultation, 1)
    sign_and_publish(answer.sheet)
    before = found()

    type(consultation).objects.update(closes_at=AnswerSheet.objects.get().published_at)

    assert (before, len(found())) == ([], 1)


def test_there_is_nothing_to_show_while_no_answer_is_signed(site_tree, rf):
    consultation = make_closed_consultation()
    answers_to(consultation, 1)

    assert answers_context(consultation, rf.get("/")) is None


def test_an_administrator_edits_the_answers_of_every_city(site_tree):
    alder, puerto = city_pair()
    of_alder = make_closed_consultation()
    of_alder.cities.set([alder])
    of_alder.save()
    [answer] = answers_to(of_alder, 1)
    root = Resident.objects.create_superuser("root@example.org", name="Root")

    editors = (root, editor_of(alder), editor_of(puerto))

    assert [list(OfficialAnswer.objects.editable_by(person)) for person in editors] == [
        [answer],
        [answer],
        [],
    ]


def test_too_few_people_are_no_number():
    assert [str(_number_of(people)) for people in (None, 0, 1200)] == [
        "too few to show",
        "0",
        "1,200",
    ]
