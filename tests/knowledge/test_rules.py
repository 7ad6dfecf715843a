"""The rules of the cities stand side by side, with the gap and who closes it by when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.knowledge.enums import Gap
from home.knowledge.models import HarmonisedRulePage
from home.knowledge.overdue import CHECK
from home.knowledge.refusals import OneSided, WithoutNextStep
from partnership import continuity
from partnership.pages import finding
from partnership.pages.search import search_pages
from tests.factories.cities import city_pair
from tests.factories.days import todays_date
from tests.factories.events import in_every_language
from tests.factories.knowledge import make_case, make_list, make_practice, make_rule
from tests.factories.official import editor_of
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

STEP = in_every_language("next_step", "The council votes.")


@pytest.fixture(autouse=True)
def _site(site_tree):
    make_list()


def body(client, url="/en/learned/music-at-night/"):
    return " ".join(client.get(url).content.decode().split())


def make_gap(gap=Gap.LARGE, **fields):
    values = {"next_step_on": todays_date(), "lead_city": city_pair()[0], **STEP, **fields}
    return make_rule(gap=gap, **values)


def test_each_city_has_a_column_with_its_rule_and_where_it_is_written(client):
    rule = make_rule()
    rule.city_rules.filter(city=city_pair()[0]).update(url="https://law.example/7")

    page = body(client)

    assert "Until ten in alder." in page
    assert "Until ten in puerto." in page
    assert '<a href="https://law.example/7">Ordinance 7</a>' in page
    assert page.count('role="columnheader"') == 2
    assert page.index("in alder.") < page.index("in puerto.")
    assert "The cities have not agreed on one yet." in page


def test_a_gap_shows_the_next_step_and_whether_it_is_late(client):
    rule = make_gap()
    now = body(client)
    HarmonisedRulePage.objects.filter(pk=rule.pk).update(
        next_step_on=todays_date() - timedelta(days=1)
    )
    late = body(client)
    HarmonisedRulePage.objects.filter(pk=rule.pk).update(gap=Gap.NONE)

    closed = body(client)

    assert "The council votes." in now
    assert "Alder Bay leads" in now
    assert "</svg> Late</span>" not in now
    assert "</svg> Late</span>" in late
    assert "The council votes." not in closed


def test_a_rule_that_lacks_a_city_is_not_published():
    rule = make_rule()
    rule.city_rules.remove(rule.city_rules.get(city=city_pair()[1]))

    with pytest.raises(OneSided, match="Write down the rule as it is now in: Puerto Almendro"):
        rule.save_revision().publish()


@pytest.mark.parametrize("missing", ["next_step_on", "lead_city", "next_step"])
def test_a_gap_needs_a_next_step_with_its_day_and_its_city(missing):
    rule = make_gap()
    emptied = in_every_language("next_step", "") if missing == "next_step" else {missing: None}
    for name, value in emptied.items():
        setattr(rule, name, value)

    with pytest.raises(WithoutNextStep):
        rule.save_revision().publish()


def form(rule, *cities, **fields):
    """Return what the editor's browser sends for a rule with these cities' rules."""
    written = {f"{name}_{code}": "Words" for name in ("text", "law") for code in ("en", "es")}
    rows = [{**written, "city": city.pk, "url": "", "id": ""} for city in cities]
    names = ("title", "summary")
    values = {
        **{f"{name}_{code}": "Words" for name in names for code in ("en", "es")},
        **{f"{name}_{code}": "" for name in ("common_rule", "next_step") for code in ("en", "es")},
        "slug": rule.slug,
        "local_slug_es": rule.slug_in("es"),
        "area": rule.area,
        "gap": Gap.NONE,
        "next_step_on": "",
        "lead_city": "",
        "city_rules": inline_formset(rows),
        "comments": inline_formset([]),
        "action-publish": "yes",
    }
    return nested_form_data({**values, **fields})


def test_the_form_looks_at_the_rows_as_they_are_typed(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    alder, puerto = city_pair()
    rule = make_rule()
    rule.city_rules.all().delete()
    address = reverse("wagtailadmin_pages:edit", args=(rule.pk,))

    one = client.post(address, form(rule, alder)).context["form"]
    gap = client.post(address, form(rule, alder, puerto, gap=Gap.SMALL)).context["form"]
    twice = client.post(address, form(rule, alder, puerto, puerto))
    whole = client.post(address, form(rule, alder, puerto))

    assert one.non_field_errors() == ["Write down the rule as it is now in: Puerto Almendro."]
    assert list(gap.errors) == ["gap"]
    assert twice.status_code == 200
    assert whole.status_code == 302
    assert HarmonisedRulePage.objects.get().city_rules.count() == 2


def test_only_an_editor_of_one_of_its_cities_may_change_it(client, unwritten):
    alder, puerto = city_pair()
    rule = make_rule(cities=[alder])
    address = reverse("wagtailadmin_pages:edit", args=(rule.pk,))

    client.force_login(editor_of(puerto))
    other = client.get(address)
    client.force_login(editor_of(alder))

    assert other.status_code == 302
    assert client.get(address).status_code == 200


@pytest.mark.both
def test_a_step_whose_day_is_past_is_a_concern_of_the_city_that_leads():
    alder, _puerto = city_pair()
    late = make_gap(next_step_on=todays_date() - timedelta(days=2))
    make_gap(title="Due today")
    make_gap(Gap.NONE, title="Closed", next_step_on=todays_date() - timedelta(days=2))
    make_gap(title="A draft", next_step_on=todays_date() - timedelta(days=2), live=False)

    (concern,) = CHECK.find(todays_date())

    assert concern.words == "The next step of “Music at night” is overdue."
    assert concern.edit_url == f"/admin/pages/{late.pk}/edit/"
    assert (concern.due, concern.cities) == (todays_date() - timedelta(days=2), (alder,))
    assert CHECK in continuity.checks()


@pytest.mark.both
@pytest.mark.usefixtures("indexed")
def test_the_search_finds_a_rule_a_practice_and_a_case():
    case = make_case("A bus", **in_every_language("differently", "Ask the zeppelin."))
    practice = make_practice(case, **in_every_language("used_by", "The zeppelin office"))
    rule = make_rule(**in_every_language("common_rule", "No zeppelin after ten."))
    rule.city_rules.update(**in_every_language("text", "A submarine may whistle."))

    pages = search_pages("zeppelin", language="es")
    ((rules,),) = [(each,) for each in finding.find("submarine", language="en")]

    assert {page.pk for page in pages} == {case.pk, practice.pk, rule.pk}
    assert (rules.source.name, rules.number) == ("rules", 2)
    assert rules.told[0].url == "/en/learned/music-at-night/#side-by-side"
    HarmonisedRulePage.objects.update(live=False)
    assert not finding.find("submarine", language="en")
