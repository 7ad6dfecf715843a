"""The risk register as readers see it, and as a file."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultations.risks.enums import Impact, Likelihood
from consultations.risks.groups import ensure_groups
from consultations.risks.services import keep_rating
from events.models import DrillPage
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.events import make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_draft, make_protocol, sign_by_all
from tests.factories.risks import make_owner, make_plan, make_risk, rated
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

#: The last one asks what became of what drills showed; it is asked where something did.
QUERIES_OF_A_RISK = 13 + 1
REGISTER = {"en": "/en/risks/", "es": "/es/riesgos/"}


def text_of(response):
    assert response.status_code == 200
    plain = re.sub(r"<(style|script|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def editor_of(*cities):
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.set(cities)
    return editor


# The register ------------------------------------------------------------------------------


def test_the_register_answers_in_every_language_and_knows_its_twin(client):
    make_risk(event_es="Una marejada")

    english, spanish = (client.get(address) for address in REGISTER.values())

    assert "A storm surge" in text_of(english)
    assert "Una marejada" in text_of(spanish)
    assert 'hreflang="es" href="http://testserver/es/riesgos/"' in english.content.decode()


@pytest.mark.both
def test_readers_see_public_risks_only_the_gravest_first_and_closed_ones_apart(client):
    make_risk("Less", **rated(2, 2, 2, 2))
    make_risk("More", **rated(5, 5, 4, 4))
    make_risk("Past", state="closed", **rated(5, 5, 5, 5))
    make_risk("Secret way in", is_published=False)

    text = text_of(client.get(REGISTER["en"]))

    assert "Secret" not in text
    assert (
        text.index("More") < text.rindex("Less") < text.index("Closed risks") < text.index("Past")
    )
    assert "25 · Grave" in text
    assert "16 · Grave" in text


def test_the_matrix_says_in_words_where_each_risk_lies(client):
    risk = make_risk(**rated(4, 5, 2, 5))
    make_risk("Past", state="closed")

    page = client.get(REGISTER["en"]).content.decode()

    table = re.search(r'<table class="risk-matrix">.*?</table>', page, re.DOTALL).group()
    cells = re.findall(r"<td class.*?</td>", table, re.DOTALL)
    assert (table.count('scope="col"'), table.count('scope="row"'), len(cells)) == (5, 5, 25)
    filled = [number for number, cell in enumerate(cells) if "<a " in cell]
    assert filled == [3 * 5 + 4]  # likelihood 2 is the fourth row, impact 5 the last column
    assert f'href="#risk-{risk.pk}"' in cells[19]
    assert "10" in cells[19]
    assert "High" in cells[19]
    assert f'id="risk-{risk.pk}"' in page


def test_the_matrix_names_its_axes_and_every_step_of_them(client):
    make_risk()

    page = client.get(REGISTER["en"]).content.decode()

    table = re.search(r'<table class="risk-matrix">.*?</table>', page, re.DOTALL).group()
    seen = re.sub(r'<span class="vh">.*?</span>', "", table)
    assert 'scope="colgroup" colspan="5">Impact' in seen
    assert '<span class="risk-axis">Likelihood' in seen
    for word in (*Likelihood.labels, *Impact.labels):
        assert f'<span class="risk-word">{word}</span>' in seen


def test_a_risk_past_its_day_is_marked(client):
    make_risk(review_by=timezone.localdate() - timedelta(days=3))

    assert "Overdue" in text_of(client.get(REGISTER["en"]))


def test_an_empty_register_says_so(client):
    assert "No risks yet" in text_of(client.get(REGISTER["en"]))


@pytest.mark.parametrize("number", [1, 4])
def test_the_register_costs_the_same_for_one_and_for_four(
    client, django_assert_num_queries, number
):
    for each in range(number):
        make_risk(f"Risk {each}", cities=city_pair())
    client.get(REGISTER["es"])

    with django_assert_num_queries(6):
        text = text_of(client.get(REGISTER["en"]))

    assert all(f"Risk {each}" in text for each in range(number))


def test_its_editors_also_see_what_is_for_staff_of_their_cities(client):
    alder, puerto = city_pair()
    own = make_risk("Weak lock", is_published=False)
    others = make_risk("Weak wall", is_published=False, cities=[puerto])
    client.force_login(editor_of(alder))

    text = text_of(client.get(REGISTER["en"]))

    assert ("Weak lock" in text, "Weak wall" in text) == (True, False)
    assert "Staff only" in text
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(others.get_absolute_url()).status_code == 404


# One risk ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["visitor", "resident", "staff"])
def test_a_risk_for_staff_does_not_exist_for_others(client, unwritten, who):
    risk = make_risk(is_published=False)
    if who != "visitor":
        client.force_login(ResidentFactory(is_staff=who == "staff"))

    assert client.get(risk.get_absolute_url()).status_code == 404
    assert client.get("/en/risks/99999999999999999999/").status_code == 404


def test_a_risk_tells_how_it_moved(client):
    risk = make_risk(**rated(4, 4, 4, 4))
    keep_rating(risk)
    risk.residual_impact, risk.reason_en, risk.reason_es = (
        1,
        "There is a gate now.",
        "Hay compuerta.",
    )
    risk.save()
    keep_rating(risk)

    text = text_of(client.get(risk.get_absolute_url()))

    assert "4, Likely" in text
    assert "1, Negligible" in text
    assert (
        text.index("down by 12") < text.index("There is a gate now.") < text.index("Twice a year.")
    )


def test_readers_learn_the_office_and_never_the_name(client):
    risk = make_risk()
    make_owner(risk, person=ResidentFactory(name="Joan Okafor", is_staff=True))

    text = text_of(client.get(risk.get_absolute_url()))

    assert "Answers for it in Alder Bay Civil protection" in text
    assert "Joan" not in text


def test_a_plan_has_three_things_and_who_does_them_in_each_city(client):
    risk = make_risk(cities=city_pair())
    plan = make_plan(risk, exercised_on=timezone.localdate())

    page = client.get(risk.get_absolute_url())

    actions = re.search(
        r'<ol class="risk-actions.*?</ol>', page.content.decode(), re.DOTALL
    ).group()
    assert (actions.count("<strong>"), actions.count("crew")) == (3, 6)
    assert "It begins when: Water over the quay" in text_of(page)
    assert "Last exercised on" in text_of(page)
    plan.is_published = False
    plan.save()
    assert "Water over the quay" not in text_of(client.get(risk.get_absolute_url()))


def test_from_the_drill_to_the_risk_and_back(client):
    risk, other = make_risk(), make_risk("A power cut")
    drill = make_drill("Call", "Warn")
    make_plan(risk, drill=drill)
    seen = make_observation(drill, "Pumps fit", risk=risk, item_number=2)
    action = make_action(seen, due=timezone.localdate(), risk=other)

    at_the_drill = client.get(drill.get_url()).content.decode()
    at_the_risk = client.get(risk.get_absolute_url()).content.decode()

    assert f'href="{risk.get_absolute_url()}#plan"' in at_the_drill
    assert f'href="{risk.get_absolute_url()}"' in at_the_drill
    assert f'href="{other.get_absolute_url()}"' in at_the_drill
    assert f'id="seen-{seen.pk}"' in at_the_drill
    for anchor in ("", "#item-2", f"#seen-{seen.pk}"):
        assert f'href="{drill.get_url()}{anchor}"' in at_the_risk
    assert f'id="action-{action.pk}"' in at_the_risk
    assert "Pumps fit" in text_of(client.get(other.get_absolute_url()))


def test_what_readers_cannot_see_is_linked_from_nowhere(client):
    secret = make_risk("Secret way in", is_published=False)
    drill = make_drill()
    make_plan(secret, drill=drill)
    make_action(make_observation(drill, risk=secret), due=timezone.localdate(), risk=secret)
    make_commitment().risks.add(secret)

    assert "Secret" not in text_of(client.get(drill.get_url()))
    assert "Secret" not in text_of(client.get(f"/en/roadmap/{timezone.now().year}/"))
    assert "risk" not in text_of(client.get("/en/open-data/")).lower()


def test_a_review_that_is_no_readers_business_stands_on_no_risk(client):
    risk = make_risk()
    drill = make_drill()
    make_observation(drill, "Half written", risk=risk)
    drill.review.is_published = False
    drill.review.save()

    assert "Half written" not in text_of(client.get(risk.get_absolute_url()))


def test_what_drills_showed_leads_on_to_its_lesson_and_the_protocol_that_took_it_up(client):
    risk = make_risk()
    seen = make_observation(make_past_event(DrillPage, title="High water"), "Pumps fit", risk=risk)
    version = sign_by_all(make_draft(make_protocol("Mutual aid")))
    debrief = make_debrief(seen.review.drill, is_published=False)
    taken_up = {"taken_up_on": timezone.localdate(), "taken_up_version": version}
    lesson = add_lesson(debrief, "Call the school first.", observation=seen, **taken_up)

    assert "Call the school" not in text_of(client.get(risk.get_absolute_url()))
    type(debrief).objects.update(is_published=True)
    page = client.get(f"{risk.get_absolute_url()}?again").content.decode()

    leads = f'href="{seen.review.drill.get_url()}#lesson-{lesson.pk}">Call the school first.</a>'
    assert "It became a lesson:" in page
    assert leads in page
    assert f'href="{version.get_absolute_url()}"' in page


def test_a_promise_and_what_threatens_it_lead_to_each_other(client):
    roadmap = make_roadmap()
    promise = make_commitment(roadmap, title="A ramp")
    make_commitment(roadmap, title="A bench")
    risk = make_risk(threatens=[promise])
    make_risk("Past", state="closed", threatens=[promise])

    page = client.get(roadmap.get_url())

    items = re.findall(r'<article class="item".*?</article>', page.content.decode(), re.DOTALL)
    assert [risk.get_absolute_url() in item for item in items] == [True, False]
    assert "Past" not in items[0]
    assert 'href="/en/risks/"' in page.content.decode()
    assert f'href="{promise.get_absolute_url()}"' in (
        client.get(risk.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_risk_costs_the_same_however_much_there_is(client, django_assert_num_queries, number):
    alder, puerto = city_pair()
    risk = make_risk(cities=[alder, puerto])
    roadmap = make_roadmap()
    drill = make_drill("Call")
    debrief = make_debrief(drill)
    for each in range(number):
        risk.residual_likelihood = each + 1
        keep_rating(risk)
        risk.threatens.add(make_commitment(roadmap))
        for action in range(number):
            seen = make_observation(drill, f"Seen {each}-{action}", risk=risk)
            make_action(seen, due=timezone.localdate())
            add_lesson(debrief, f"Lesson {each}-{action}", observation=seen)
    for city in (alder, puerto)[:number]:
        make_owner(risk, city)
    make_plan(risk, drill=drill)
    client.get(REGISTER["en"])

    with django_assert_num_queries(QUERIES_OF_A_RISK):
        text = text_of(client.get(risk.get_absolute_url()))

    assert f"Seen {number - 1}-{number - 1}" in text
    assert f"Lesson {number - 1}-{number - 1}" in text


# The file, and the search ------------------------------------------------------------------


@pytest.mark.both
def test_the_register_is_a_file_in_every_language_that_no_spreadsheet_runs(client):
    promise = make_commitment()
    risk = make_risk("=cmd()", cities=city_pair(), threatens=[promise], cause_es="Viento.")
    make_owner(risk, person=ResidentFactory(name="Joan Okafor", is_staff=True))
    make_plan(risk, exercised_on=timezone.localdate())
    make_risk("Secret way in", is_published=False)

    response = client.get("/es/riesgos/riesgos.csv")

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    keys, english, spanish, row = csv.reader(StringIO(content))
    cells = dict(zip(keys, row, strict=True))
    assert (english[1], spanish[1]) == ("what may happen (English)", "qué puede pasar (English)")
    assert (cells["event_en"], cells["cause_es"]) == ("'=cmd()", "Viento.")
    assert (cells["cities"], cells["kind"], cells["state"]) == ("alder|puerto", "nature", "open")
    assert (cells["score"], cells["residual_score"]) == ("16", "12")
    assert cells["threatens"] == f"{promise.roadmap.year}-1"
    assert cells["plan_exercised_on"] == timezone.localdate().isoformat()
    assert "Joan" not in content


def test_the_file_names_no_promise_of_a_roadmap_that_not_everybody_may_read(client):
    closed, unpublished = make_roadmap(2020), make_roadmap(2021, live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_risk(threatens=[make_commitment(closed), make_commitment(unpublished)])

    response = client.get("/en/risks/risks.csv")

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    keys, *_labels, row = csv.reader(StringIO(content))
    assert dict(zip(keys, row, strict=True))["threatens"] == ""


def test_the_page_of_open_data_leads_to_the_register(client):
    make_risk()

    page = client.get("/en/open-data/").content.decode()

    assert 'href="/en/risks/risks.csv"' in page
    assert 'href="/en/risks/"' in page


@pytest.mark.both
@pytest.mark.parametrize(("asked", "is_found"), [("surge", True), ("zebra", False)])
def test_the_search_finds_public_risks(client, asked, is_found):
    make_risk()
    make_risk("Secret zebra", is_published=False)

    text = text_of(client.get("/en/search/", {"q": asked}))

    assert ("A storm surge" in text) is is_found
    assert "Secret" not in text


def test_a_risk_leads_to_no_promise_and_no_drill_that_is_not_for_everybody(client):
    closed, drill = make_roadmap(2020), make_drill()
    risk = make_risk(threatens=[make_commitment(closed, title="Behind a door")])
    make_plan(risk, drill=drill)
    address = drill.get_url()
    before = client.get(risk.get_absolute_url()).content.decode()
    for page in (closed, drill):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    after = client.get(f"{risk.get_absolute_url()}?again").content.decode()

    assert [word in before for word in ("Behind a door", address)] == [True, True]
    assert [word in after for word in ("Behind a door", address)] == [False, False]
