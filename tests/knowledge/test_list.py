"""The list: by theme, with the failures, how many ended how, and the rules by area."""

import re
from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from home.knowledge.enums import CaseOutcome, Gap, RuleArea
from tests.factories.committees import make_contacts_page
from tests.factories.days import todays_date
from tests.factories.knowledge import make_case, make_list, make_practice, make_rule
from tests.factories.pages import in_languages

pytestmark = pytest.mark.django_db

WORKED, MIXED, FAILED = CaseOutcome


@pytest.fixture(autouse=True)
def _site(site_tree):
    make_list()


def body(client, url="/en/learned/"):
    return " ".join(client.get(url).content.decode().split())


def days_ago(days):
    return todays_date() - timedelta(days=days)


def test_a_failure_stands_where_its_day_puts_it(client):
    make_case("Worked long ago", ended_on=days_ago(9))
    make_case("Failed lately", outcome=FAILED, ended_on=days_ago(1))
    make_case("Mixed between", outcome=MIXED, ended_on=days_ago(5))

    page = body(client)

    assert page.index("Failed lately") < page.index("Mixed between") < page.index("Worked long ago")


def test_the_outcomes_are_counted_and_lead_to_their_cases(client):
    for number in range(3):
        make_case(f"Good {number}")
    make_case("Bad", outcome=FAILED)
    make_practice(make_case("Half", outcome=MIXED))

    page = body(client)
    failed = body(client, "/en/learned/?outcome=failed")

    assert ">3 worked</a>" in page
    assert ">1 mixed</a>" in page
    assert 'href="?outcome=failed">1 failed</a>' in page
    assert "Take away:" not in page
    assert re.findall(r'<a class="chip chip-shared" href="([^"]+)"><span class="vh">', failed) == [
        "?"
    ]
    assert "Bad" in failed
    assert 'aria-current="true">1 failed</a>' in failed
    assert "Good" not in failed
    assert "Two offers" not in failed


def test_an_outcome_that_is_none_shows_everything(client):
    make_case("Good")

    assert "Good" in body(client, "/en/learned/?outcome=%00nonsense")


def test_the_outcome_is_told_in_word_and_sign(client):
    make_case("Bad", outcome=FAILED)

    page = body(client)

    assert "#i-x" in page
    assert "</svg> Failed</span>" in page


def test_what_has_one_theme_stands_together_in_the_readers_alphabet(client):
    make_case("A tree", **in_languages("theme", en="Trees", es="Árboles"))
    practice = in_languages("theme", en="trees", es="árboles")
    make_practice(
        make_case("A pier", **in_languages("theme", en="Harbours", es="Puertos")), **practice
    )

    page = body(client)
    spanish = body(client, "/es/aprendido/")

    assert page.index("Harbours</h3>") < page.index("A pier") < page.index("rees</h3>")
    assert page.index("rees</h3>") < page.index("Two offers") < page.index("A tree")
    assert page.count("rees</h3>") == 1
    assert spanish.index("rboles</h3>") < spanish.index("Puertos</h3>")


def test_without_a_failure_readers_are_asked_to_tell_one(client):
    make_case("Good")
    before = body(client, "/en/learned/?outcome=failed")
    make_contacts_page()

    page = body(client, "/en/learned/?outcome=failed")

    assert "No failure told yet" in page
    assert "What did not work helps another city most." in page
    assert "Whom to write to</a>" in page
    assert "Whom to write to</a>" not in before


def test_an_empty_list_is_no_empty_page(client):
    page = body(client)

    assert "Nothing told here yet" in page
    assert "Rules side by side" not in page
    assert "outcome=" not in page


def test_what_is_kept_from_readers_is_neither_shown_nor_counted(client):
    hidden = make_case("Hidden", outcome=FAILED)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    make_case("A draft", outcome=FAILED, live=False)
    make_case("Good")

    page = body(client)

    assert ">0 failed</a>" in page
    assert "Hidden" not in page
    assert "A draft" not in page


def test_rules_are_counted_by_area_and_gap(client):
    make_rule("Hoses", area=RuleArea.PROCUREMENT, gap=Gap.BLOCKING)
    make_rule("Music", area=RuleArea.PERMITTING, gap=Gap.SMALL)
    make_rule("Stalls", area=RuleArea.PERMITTING, gap=Gap.SMALL)

    page = body(client)

    permits = page[page.index('id="permitting"') : page.index('id="procurement"')]
    assert "Small gap: 2" in permits
    assert "Music" in permits
    assert "Stalls" in permits
    assert "Blocking gap: 1" in page[page.index('id="procurement"') :]
    assert "Sharing data" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_any_number(client, django_assert_num_queries, number):
    for each in range(number):
        make_practice(make_case(f"Case {each}"), title=f"Practice {each}")
        make_rule(f"Rule {each}")
    client.get("/en/learned/")

    with django_assert_num_queries(11):
        page = body(client)

    assert page.count("Case study</span>") == number
