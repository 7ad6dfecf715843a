"""A conversation is narrowed by what stands beside the words, and by the words themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations.models import Contribution
from partnership.pages.languages import CODES, DEFAULT
from tests.consultations.test_pages import ANONYMOUS, SIGNED_IN, signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.translations import TranslationFactory

pytestmark = pytest.mark.django_db

SCHOOL = {"organisation_kind": "school", "organisation_name": "Mill Lane School"}
NOTHING = "Nothing that people wrote here matches what you chose."


def talk(client, consultation, query):
    """What the template is given, and the comments that stand on the page."""
    shown = client.get(f"{consultation.url}?{query}").context["conversation"]
    return shown, [entry["comment"].text for entry in shown["threads"]]


def said(consultation, text, *, city=None, **fields):
    author = make_participant(city or city_pair()[0])
    return ContributionFactory(consultation=consultation, participant=author, text=text, **fields)


# By city -----------------------------------------------------------------------------------------


@pytest.fixture
def both():
    """Twelve comments from Alder, one of them for a school, and two from Puerto."""
    consultation, (_alder, puerto) = make_consultation(), city_pair()
    for number in range(11):
        said(consultation, f"Alder {number:02}.")
    said(consultation, "Alder school.", **SCHOOL)
    for number in range(2):
        said(consultation, f"Puerto {number}.", city=puerto)
    return consultation


@pytest.mark.both
def test_a_conversation_is_read_by_the_city_people_write_from(client, unwritten, both):
    alder, puerto = city_pair()
    everybody, _all = talk(client, both, "")
    there, from_puerto = talk(client, both, f"order=oldest&city={puerto.code}")
    here, second = talk(client, both, f"city={alder.code}&comments=2")
    _both, schools = talk(client, both, f"city={alder.code}&voice=school")

    offered = [(one["label"], one["query"], one["is_chosen"]) for one in everybody["cities"]]
    assert offered == [
        ("All", "", True),
        (alder.name, f"city={alder.code}", False),
        (puerto.name, f"city={puerto.code}", False),
    ]
    assert from_puerto == ["Puerto 0.", "Puerto 1."]
    assert [one["query"] for one in there["orders"]][:2] == [
        f"city={puerto.code}",
        f"order=oldest&city={puerto.code}",
    ]
    assert second == ["Alder 01.", "Alder 00."]
    assert (here["page"].paginator.num_pages, here["query"]) == (2, f"city={alder.code}&")
    assert [one["query"] for one in here["voices"]][2] == f"voice=school&city={alder.code}"
    assert schools == ["Alder school."]


@pytest.mark.both
def test_a_city_finds_nobody_whose_city_readers_are_not_told(client, unwritten, both):
    """Of whoever works for a city hall it says so instead; a hidden name is a resident's."""
    puerto = city_pair()[1]
    staff = make_participant(puerto, name="Olga Ruiz Pons", is_staff=True)
    common = {"consultation": both, "participant": staff}
    ContributionFactory(text="From the hall.", **common)
    ContributionFactory(text="As a resident.", is_name_hidden=True, **common)

    shown, from_puerto = talk(client, both, f"city={puerto.code}&order=oldest")

    assert from_puerto == ["Puerto 0.", "Puerto 1.", "As a resident."]
    assert shown["page"].paginator.count == 3
    told = {each.text: bool(each.city_told) for each in both.contributions.all()}
    assert [text for text in told if not told[text]] == ["From the hall."]


def test_where_only_staff_of_a_city_wrote_it_is_not_offered(client, unwritten):
    consultation, (alder, puerto) = make_consultation(), city_pair()
    said(consultation, "Slower cars.")
    staff = make_participant(puerto, is_staff=True)
    ContributionFactory(consultation=consultation, participant=staff)

    shown, found = talk(client, consultation, f"city={puerto.code}")

    assert [one["label"] for one in shown["cities"]] == ["All", alder.name]
    assert len(found) == 2


@pytest.mark.both
def test_a_city_that_nobody_wrote_from_shows_everybody(client, unwritten, both):
    for odd in ("atlantis", "%00", "elsewhere", "' or 1", "None", "a" * 90):
        shown, found = talk(client, both, f"city={odd}")

        assert len(found) == 10, odd
        assert shown["cities"][0]["is_chosen"], odd


def test_where_all_wrote_from_one_city_there_is_nothing_to_choose(client, unwritten):
    consultation = make_consultation()
    said(consultation, "Slower cars.")

    assert talk(client, consultation, "")[0]["cities"] == []


def test_what_is_asked_for_together_and_finds_nothing_says_so(client, both):
    page = client.get(f"{both.url}?voice=school&city={city_pair()[1].code}&order=oldest")

    assert f"{NOTHING} Show the whole conversation" in text_of(page)
    assert 'href="?order=oldest#conversation"' in page.content.decode()
    assert NOTHING not in text_of(client.get(both.url))


def test_a_city_costs_no_query_more_and_the_page_can_be_kept(
    client, both, django_assert_max_num_queries
):
    client.get(f"{both.url}?warm=1")
    with CaptureQueriesContext(connection) as everything:
        client.get(both.url)
    address = f"{both.url}?city={city_pair()[1].code}"

    with django_assert_max_num_queries(min(len(everything), ANONYMOUS)):
        first = client.get(address)
    again = client.get(address)
    reader, _participant = signed_in()
    reader.get(both.url)
    with django_assert_max_num_queries(SIGNED_IN):
        reader.get(address)

    assert not first.cookies
    assert first.headers["ETag"] == again.headers["ETag"]


def test_the_way_back_from_a_button_keeps_the_city_and_its_pages(both):
    client, _reader = signed_in()
    alder, puerto = city_pair()
    first = Contribution.objects.get(text="Alder 00.")
    address = f"{both.comment_url}{first.pk}/support/"
    page = client.get(f"{both.url}?city={alder.code}&comments=2").content.decode()

    kept = client.post(f"{address}?city={alder.code}", {"supports": "yes"})
    not_there = client.post(f"{address}?city={puerto.code}", {"supports": "yes"})
    odd = client.post(f"{address}?city=%00", {"supports": "yes"})

    assert f'action="{address}?city={alder.code}"' in page
    assert kept["Location"] == f"{both.url}?city={alder.code}&comments=2#{first.anchor}"
    assert not_there["Location"] == odd["Location"] == f"{both.url}?comments=2#{first.anchor}"


# By words ----------------------------------------------------------------------------------------


@pytest.fixture
def heard():
    """Two comments in English, one of them with a reply, and one in Spanish."""
    consultation, puerto = make_consultation(), city_pair()[1]
    said(consultation, "Slower cars at the schoolyard.")
    bench = said(consultation, "A bench.", reply_count=1)
    said(consultation, "With shade from an ash tree, please.", parent=bench)
    said(consultation, "Más sombra en la plaza.", city=puerto, language_code=CODES[1])
    return consultation


SLOWER = ["Slower cars at the schoolyard."]
FOUND = {
    "schoolyards": SLOWER,
    "CARS slower": SLOWER,
    "cars bench": [],
    "trees": ["A bench."],  # a reply says it
    "MAS plaza": ["Más sombra en la plaza."],
    "car_": SLOWER,
    "ca": [],
    "%25": 3,
    "%00": 3,
    "+": 3,
    "?!": 3,
    "'%20or%201": [],
}


@pytest.mark.both
def test_words_find_what_has_all_of_them_in_a_comment_or_a_reply(client, unwritten, heard):
    for query, found in FOUND.items():
        _shown, texts = talk(client, heard, f"q={query}")

        assert (len(texts) if isinstance(found, int) else texts) == found, query


@pytest.mark.both
def test_words_are_found_in_what_readers_of_a_language_get(client, unwritten, heard):
    tap = said(heard, "A fountain by the wall.")
    given = TranslationFactory(contribution=tap, text="Una fuente junto al muro.")

    def found(query, code):
        with translation.override(code):
            return talk(client, heard, f"q={query}")[1]

    assert found("fuentes", CODES[1]) == found("fountain", CODES[1]) == [tap.text]
    assert found("fuente", DEFAULT) == []
    type(given).objects.update(source_digest="of other words")
    assert found("fuente", CODES[1]) == []


@pytest.mark.parametrize("status", ["withdrawn", "hidden", "pending"])
def test_what_readers_do_not_see_is_not_found(client, unwritten, heard, status):
    """What was taken back keeps its place on the page as long as somebody replied to it."""
    whole = heard.contributions.filter(parent=None)
    whole.filter(text="A bench.").update(publication_status=status)
    heard.contributions.exclude(parent=None).update(publication_status="published")

    taken_back = talk(client, heard, "q=bench")[1]
    heard.contributions.exclude(parent=None).update(publication_status=status)
    reply = talk(client, heard, "q=tree")[1]

    assert taken_back == reply == []


def test_words_of_another_consultation_are_not_found(client, unwritten, heard):
    other = make_consultation(title="Another one")
    said(other, "Only there: tulips.")

    assert talk(client, heard, "q=tulips")[1] == []
    assert talk(client, other, "q=tulips")[1] == ["Only there: tulips."]


def test_pages_orders_and_cities_keep_the_words(client, unwritten, both):
    alder = city_pair()[0]
    shown, second = talk(client, both, f"q=alder&city={alder.code}&order=oldest&comments=2")

    assert second == ["Alder 10.", "Alder school."]
    assert shown["page"].paginator.count == 12
    assert shown["query"] == f"order=oldest&city={alder.code}&q=alder&"
    assert shown["cities"][0]["query"] == "order=oldest&q=alder"
    assert shown["kept"] == {"order": "oldest", "city": alder.code}


def test_the_page_says_what_was_found_and_what_was_not(client, heard):
    one = client.get(f"{heard.url}?q=bench&order=oldest")
    nothing = client.get(f"{heard.url}?q=<b>tulips")
    everything = client.get(heard.url)

    words = "1 comment, or a reply to it, has these words: “<bdi>bench</bdi>”."
    assert words in one.content.decode()
    assert '<details class="more-filters mt-4" open>' in one.content.decode()
    assert 'href="?order=oldest#conversation"' in one.content.decode()
    assert '<input type="hidden" name="order" value="oldest">' in one.content.decode()
    assert "No comment or reply here has all of these words:" in text_of(nothing)
    assert "<bdi>&lt;b&gt;tulips</bdi>" in nothing.content.decode()
    assert '<details class="more-filters mt-4">' in everything.content.decode()
    assert "these words:" not in text_of(everything)


def test_what_was_chosen_of_a_conversation_goes_in_one_tap(client, unwritten, both):
    alder = city_pair()[0]
    shown, _second = talk(client, both, f"q=alder&city={alder.code}&order=oldest")

    assert [(str(one["label"]), one["url"]) for one in shown["chosen"]] == [
        ("Oldest", f"?city={alder.code}&q=alder#conversation"),
        (alder.name, "?order=oldest&q=alder#conversation"),
        ("“alder”", f"?order=oldest&city={alder.code}#conversation"),
    ]
    assert talk(client, both, "")[0]["chosen"] == []


def test_where_nobody_has_written_there_is_nothing_to_look_through(client):
    page = client.get(f"{make_consultation().url}?q=bench")

    assert "Look for words" not in text_of(page)
    assert "Nobody has written yet." in text_of(page)


def test_only_a_whole_conversation_is_looked_through(client):
    about = StatementFactory()
    said(about.consultation, "A bench.", statement=about)

    page = text_of(client.get(f"{about.get_absolute_url()}?q=tulips&city=x"))

    assert "A bench." in page
    assert "these words:" not in page


def test_words_cost_one_query_more_and_the_page_is_the_same_for_all(
    client, django_assert_max_num_queries
):
    many = 30
    consultation = make_consultation()
    for number in range(many):
        said(consultation, f"Bench {number:02}.")
    client.get(f"{consultation.url}?warm=1")
    with CaptureQueriesContext(connection) as everything:
        client.get(consultation.url)

    with django_assert_max_num_queries(min(len(everything) + 1, ANONYMOUS)):
        page = client.get(f"{consultation.url}?q=bench")

    assert page.content.count(b'<article class="comment"') == min(many, 10)
    assert not page.cookies
    assert page.headers["ETag"]


@pytest.mark.both
def test_each_text_is_read_once_however_badly_a_database_guesses(client, unwritten):
    """A PostgreSQL that had not counted yet read them all anew for each: 30 s for 10,000."""
    consultation, author = make_consultation(), make_participant()
    Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            participant=author,
            language_code=DEFAULT,
            publication_status="published",
            text=f"Bench {number:04}, in the shade of trees. " * 5,
        )
        for number in range(800)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("hashjoin", "hashagg", "mergejoin", "sort", "material", "memoize"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute("SET LOCAL statement_timeout = '3s'")

    assert len(talk(client, consultation, "q=bench+0007")[1]) == 1


def test_the_way_back_from_a_button_keeps_the_words_while_they_find_it(both):
    client, _reader = signed_in()
    first = Contribution.objects.get(text="Alder 00.")
    address = f"{both.comment_url}{first.pk}/support/"
    page = client.get(f"{both.url}?q=alder&comments=2").content.decode()

    def pressed(query):
        with CaptureQueriesContext(connection) as asked:
            there = client.post(f"{address}?{query}", {"supports": "yes"})
        return there["Location"], len(asked)

    pressed("")
    plain, few = pressed("")
    kept, as_many = pressed("q=alder")
    not_found, _number = pressed("q=tulips")

    assert f'action="{address}?q=alder"' in page
    assert plain == not_found == f"{both.url}?comments=2#{first.anchor}"
    assert kept == f"{both.url}?q=alder&comments=2#{first.anchor}"
    assert as_many <= few + 1
