"""How editors keep the register, and what they cannot do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.risks.groups import ensure_groups
from consultations.risks.models import ContingencyPlan, Risk
from events.drills.groups import ensure_groups as ensure_drill_leaders
from events.drills.models import Observation
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.cities import city_pair
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.people import ResidentFactory
from tests.factories.risks import make_plan, make_risk, rated
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    ensure_drill_leaders()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def in_both(**words):
    return {f"{name}_{code}": text for name, text in words.items() for code in ("en", "es")}


def typed(*owners, **fields):
    """The form of a risk, filled in."""
    words = {"event": "Surge", "cause": "Wind", "effect": "Water", "measures": "", "reason": "New"}
    values = {
        **in_both(**words),
        "kind": "nature",
        **rated(4, 4, 3, 3),
        "review_by": (TODAY + timedelta(days=90)).isoformat(),
        "state": "open",
        "owners": inline_formset(list(owners)),
    }
    cities = fields.pop("cities", [city_pair()[1].pk])
    return {**nested_form_data({**values, **fields}), "cities": cities}


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_an_editor_writes_a_risk_down_with_who_answers_for_it(client, editor):
    owner = {"city": city_pair()[1].pk, "person": editor.pk, **in_both(office="Protección civil")}

    response = client.post(reverse("risks:add"), typed(owner, is_published="on"))

    assert response.status_code == 302
    risk = Risk.objects.get()
    assert (risk.event_es, risk.score, risk.is_published) == ("Surge", 16, True)
    assert risk.owners.get().person == editor
    assert risk.ratings.get().reason_en == "New"


def test_only_people_who_work_here_are_offered_as_owners(client, unwritten, editor):
    resident, former = ResidentFactory(), ResidentFactory(is_staff=True, is_active=False)
    owner = {"city": city_pair()[1].pk, "person": resident.pk, **in_both(office="Alcaldía")}

    shown = client.get(reverse("risks:add")).context["form"].formsets["owners"].empty_form
    refused = client.post(reverse("risks:add"), typed(owner))

    offered = shown.fields["person"].queryset
    assert (editor in offered, resident in offered, former in offered) == (True, False, False)
    (row,) = refused.context["form"].formsets["owners"].forms
    assert list(row.errors) == ["person"]


def test_the_list_says_on_which_day_a_risk_is_reviewed_again(client, editor):
    make_risk(cities=[city_pair()[1]], review_by="2031-05-04")

    listed = client.get(reverse("risks:index")).content.decode()

    assert ("4 May 2031" in listed, "Just now" in listed) == (True, False)


def test_what_is_kept_from_readers_may_be_half_written_and_what_is_public_not(
    client, unwritten, editor
):
    half = {"cause_es": "", "reason_es": ""}

    assert client.post(reverse("risks:add"), typed(**half)).status_code == 302
    refused = client.post(reverse("risks:add"), typed(is_published="on", **half))

    assert set(errors(refused)) == {"cause_es", "reason_es"}
    assert Risk.objects.count() == 1


def test_who_makes_a_risk_public_is_told_that_its_earlier_ratings_are_read_too(client, editor):
    page = client.get(reverse("risks:add")).content.decode()

    assert "with every rating until now and why it was rated so" in page


def test_measures_make_nothing_worse(client, editor):
    refused = client.post(reverse("risks:add"), typed(residual_impact=5))

    assert "neither likelier nor worse" in str(errors(refused))


def test_a_rating_that_changes_says_why_in_every_language(client, unwritten, editor):
    risk = make_risk(
        cities=[city_pair()[1]], reason_en="Old", reason_es="Viejo", **rated(4, 4, 4, 4)
    )
    address = reverse("risks:edit", args=(risk.pk,))

    refused = client.post(address, typed(reason_en="Old", reason_es="Hay compuerta"))

    assert errors(refused)["reason_en"] == ["The rating changes: say why in English."]
    assert "reason_es" not in errors(refused)
    client.post(address, typed(reason_en="A gate", reason_es="Hay compuerta"))
    assert risk.ratings.get().levels == (4, 4, 3, 3)
    same = {"reason_en": "A gate", "reason_es": "Hay compuerta"}
    assert client.post(address, typed(measures_en="A", measures_es="B", **same)).status_code == 302
    assert risk.ratings.count() == 1


def test_an_owner_is_of_one_of_the_risks_cities(client, unwritten, editor):
    owner = {"city": city_pair()[0].pk, "person": "", **in_both(office="Alcaldía")}

    refused = client.post(reverse("risks:add"), typed(owner))

    (row,) = refused.context["form"].formsets["owners"].forms
    assert row.errors["city"] == ["This is not one of the cities of the risk."]
    assert not Risk.objects.exists()


def test_an_editor_keeps_their_city_and_takes_no_other_citys_risk_away(client, unwritten, editor):
    alder, puerto = city_pair()
    joint = make_risk(cities=[alder, puerto], **rated(4, 4, 3, 3))
    address = reverse("risks:edit", args=(joint.pk,))

    assert errors(client.post(reverse("risks:add"), typed(cities=[alder.pk])))["cities"] == [
        "Keep one of the cities you work for."
    ]
    assert errors(client.post(address, typed(cities=[puerto.pk])))["cities"] == [
        "This is another city's risk too: you cannot take it away."
    ]
    assert client.post(address, typed(cities=[alder.pk, puerto.pk])).status_code == 302


def test_another_citys_risks_and_plans_do_not_exist(client, unwritten, editor):
    theirs = make_risk(is_published=False)
    rows = {"risks": theirs, "contingency_plans": make_plan(theirs)}

    for name, row in rows.items():
        assert row not in client.get(reverse(f"{name}:index")).context["object_list"]
        for view in ("edit", "delete", "history", "usage"):
            address = reverse(f"{name}:{view}", args=(row.pk,))
            assert client.get(address).status_code == 404
        assert client.post(reverse(f"{name}:edit", args=(row.pk,)), {}).status_code == 404
        assert client.post(reverse(f"{name}:delete", args=(row.pk,)), {}).status_code == 404
    page = client.get(reverse("contingency_plans:add"))
    assert theirs not in page.context["form"].fields["risk"].queryset


def test_a_resident_finds_no_door(client):
    client.force_login(ResidentFactory())

    for name in ("risks", "contingency_plans"):
        assert client.get(reverse(f"{name}:index")).status_code in {302, 403}


def test_a_risk_that_readers_know_is_closed_and_not_deleted(client, editor):
    known = make_risk(cities=[city_pair()[1]])
    kept_back = make_risk(cities=[city_pair()[1]], is_published=False)

    for risk in (known, kept_back):
        client.post(reverse("risks:delete", args=(risk.pk,)))

    assert list(Risk.objects.all()) == [known]


def test_only_promises_that_lie_ahead_are_threatened(client, editor):
    roadmap = make_roadmap()
    ahead = make_commitment(roadmap)
    done = make_commitment(roadmap, status="completed", finished_on=TODAY)
    named = make_commitment(roadmap, status="completed", finished_on=TODAY)
    risk = make_risk(cities=[city_pair()[1]], threatens=[named])

    page = client.get(reverse("risks:edit", args=(risk.pk,)))

    offered = page.context["form"].fields["threatens"].queryset
    assert set(offered) == {ahead, named}
    assert done not in offered
    assert f"{roadmap.year}: 1. A promise" in page.content.decode()


# Plans -------------------------------------------------------------------------------------


def duty(city, **fields):
    words = in_both(first_by="Crew", second_by="Crew", third_by="Crew")
    return {"city": city.pk, **words, **fields}


def typed_plan(risk, *duties, **fields):
    """The form of a plan, filled in."""
    words = {"trigger": "Water", "first_action": "A", "second_action": "B", "third_action": "C"}
    values = {
        "risk": risk.pk,
        **in_both(**words),
        "drill": "",
        "exercised_on": "",
        "duties": inline_formset(list(duties)),
    }
    return nested_form_data({**values, **fields})


@pytest.mark.parametrize("missing", ["trigger_en", "first_action_es", "third_action_en"])
def test_a_plan_has_exactly_three_things_in_every_language(client, unwritten, editor, missing):
    _alder, puerto = city_pair()
    risk = make_risk(cities=[puerto])
    address = reverse("contingency_plans:add")

    refused = client.post(address, typed_plan(risk, duty(puerto), **{missing: ""}))

    assert missing in errors(refused)
    assert client.post(address, typed_plan(risk, duty(puerto))).status_code == 302
    assert ContingencyPlan.objects.get().duties.get().third_by_es == "Crew"


def test_every_city_of_the_risk_says_who_does_it_and_no_other(client, unwritten, editor):
    alder, puerto = city_pair()
    address, risk = reverse("contingency_plans:add"), make_risk(cities=[alder, puerto])
    own = make_risk(cities=[puerto])

    missing = client.post(address, typed_plan(risk, duty(puerto)))
    stranger = client.post(address, typed_plan(own, duty(puerto), duty(alder)))
    half = client.post(address, typed_plan(own, duty(puerto, second_by_es="")))

    assert errors(missing)["__all__"] == ["Say who does it in Alder Bay."]
    rows = stranger.context["form"].formsets["duties"].forms
    assert rows[1].errors["city"] == ["This is not one of the cities of the risk."]
    assert half.context["form"].formsets["duties"].forms[0].errors == {
        "second_by_es": ["Write it in Spanish too."]
    }
    assert not ContingencyPlan.objects.exists()


def test_nothing_was_exercised_on_a_day_to_come(client, unwritten, editor):
    _alder, puerto = city_pair()
    risk, later = make_risk(cities=[puerto]), TODAY + timedelta(days=5)

    form = typed_plan(risk, duty(puerto), exercised_on=later.isoformat())
    refused = client.post(reverse("contingency_plans:add"), form)

    assert errors(refused)["exercised_on"] == ["This day has not come yet."]


def test_the_next_drill_of_a_plan_leaves_the_day_of_the_last_one(client, editor):
    _alder, puerto = city_pair()
    risk, ago = make_risk(cities=[puerto]), timezone.now() - timedelta(days=40)
    held = make_drill(starts_at=ago, ends_at=ago + timedelta(hours=2))
    plan = ContingencyPlan.objects.create(risk=risk, drill=held)
    day, coming = plan.last_exercised_on, make_drill(title="The next one")

    form = typed_plan(risk, duty(puerto), drill=coming.pk)
    sent = client.post(reverse("contingency_plans:edit", args=(plan.pk,)), form)

    plan = ContingencyPlan.objects.get()
    assert (sent.status_code, plan.drill, plan.last_exercised_on) == (302, coming, day)


def test_a_risk_has_one_plan_and_a_plan_stays_with_its_risk(client, unwritten, editor):
    alder, puerto = city_pair()
    planned, other = (make_risk(cities=[puerto]) for _each in range(2))
    plan = make_plan(planned)
    others_drill, drill = make_drill(cities=[alder]), make_drill()

    added = client.get(reverse("contingency_plans:add")).context["form"]
    edited = client.get(reverse("contingency_plans:edit", args=(plan.pk,))).context["form"]

    assert list(added.fields["risk"].queryset) == [other]
    assert edited.fields["risk"].disabled
    assert drill in added.fields["drill"].queryset
    assert others_drill not in added.fields["drill"].queryset


# Drills ------------------------------------------------------------------------------------


def test_what_was_seen_names_a_risk_of_ones_own_cities(client, unwritten, editor):
    alder, puerto = city_pair()
    own, theirs = make_risk(cities=[puerto]), make_risk(cities=[alder])
    drill = make_drill(starts_at=timezone.now() - timedelta(days=9))
    seen = make_observation(drill)
    action = make_action(seen, due=TODAY)
    review = drill.review
    address = reverse("after_action_reviews:edit", args=(review.pk,))

    form = client.get(address).context["form"].formsets["observations"]
    actions = client.get(reverse("corrective_actions:edit", args=(action.pk,))).context["form"]
    for fields in (form.empty_form.fields, form.forms[0].fields, actions.fields):
        offered = set(fields["risk"].queryset)
        assert (own in offered, theirs in offered) == (True, False)

    row = {"id": seen.pk, "kind": "improvement", "item_number": "", "ORDER": 1}
    rows = inline_formset([{**row, **in_both(text="Pumps"), "risk": own.pk}], initial=1)
    typed_review = {"drill": drill.pk, "held_on": TODAY.isoformat(), "observations": rows}
    client.post(address, nested_form_data({**typed_review, **in_both(summary="Well done")}))
    assert Observation.objects.get().risk == own


def test_a_risk_that_was_named_stays_named_whoever_edits(client, unwritten, editor):
    theirs = make_risk()
    action = make_action(make_observation(make_drill()), due=TODAY, risk=theirs)

    page = client.get(reverse("corrective_actions:edit", args=(action.pk,)))

    assert theirs in page.context["form"].fields["risk"].queryset


def test_a_risk_that_something_bears_on_is_not_deleted(client, editor):
    risk = make_risk(cities=[city_pair()[1]], is_published=False)
    make_observation(make_drill(), risk=risk)

    client.post(reverse("risks:delete", args=(risk.pk,)))

    assert Risk.objects.filter(pk=risk.pk).exists()


def test_a_review_in_a_year_nobody_can_mean_is_refused(client, unwritten, editor):
    found = errors(client.post(reverse("risks:add"), typed(review_by="0206-05-01")))

    assert found == {"review_by": ["Nobody can mean this day: check the year."]}
