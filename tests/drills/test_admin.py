"""Drills in the admin: of one's own cities, in every language."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.drills import services
from events.drills.groups import ensure_groups
from events.drills.models import AfterActionReview, Checklist, CorrectiveAction
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.cities import city_pair
from tests.factories.drills import make_action, make_checklist, make_drill, make_observation
from tests.factories.events import at, in_every_language
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

SCREENS = ("checklists", "drill_items", "after_action_reviews", "corrective_actions")


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def everything(drill):
    """One row for each screen."""
    action = make_action(make_observation(drill), due=date(2026, 5, 1))
    return {
        "drill_items": drill.items.get(),
        "after_action_reviews": drill.review,
        "corrective_actions": action,
    }


def test_the_screens_open_and_show_what_is_there(client, editor):
    rows = {**everything(make_drill("Call")), "checklists": make_checklist("Call")}

    for name in SCREENS:
        assert client.get(reverse(f"{name}:index")).status_code == 200
        assert client.get(reverse(f"{name}:add")).status_code == 200
        assert client.get(reverse(f"{name}:edit", args=(rows[name].pk,))).status_code == 200


def test_what_hangs_on_another_citys_drill_does_not_exist(client, editor):
    alder, _puerto = city_pair()
    rows = everything(make_drill("Call", cities=[alder]))

    for name, row in rows.items():
        page = client.get(reverse(f"{name}:index"))
        assert row not in page.context["object_list"]
        for view in ("edit", "delete"):
            address = reverse(f"{name}:{view}", args=(row.pk,))
            assert client.get(address).status_code == 404
            assert client.post(address, {}).status_code == 404


def test_a_resident_finds_no_door(client):
    client.force_login(ResidentFactory())

    for name in SCREENS:
        assert client.get(reverse(f"{name}:index")).status_code in {302, 403}


def test_a_checklist_is_written_in_every_language(client, editor):
    item = {"text_en": "Call", "text_es": "", "role_en": "", "role_es": ""}
    typed = {"title_en": "Aid", "title_es": "Ayuda", "items": inline_formset([item])}

    response = client.post(reverse("checklists:add"), nested_form_data(typed))

    assert response.status_code == 200
    assert not Checklist.objects.exists()
    typed["items"] = inline_formset([{**item, "text_es": "Llamar"}])
    client.post(reverse("checklists:add"), nested_form_data(typed))
    assert Checklist.objects.get().items.get().text_es == "Llamar"


def typed_action(observation, **fields):
    return {
        "observation": observation.pk,
        "text_en": "Buy adapters",
        "text_es": "Comprar adaptadores",
        "city": city_pair()[0].pk,
        "owner": "",
        "due_on": "2026-06-01",
        "state": "open",
        "closed_on": "",
        **fields,
    }


def test_an_action_is_closed_on_a_day_and_opened_without_one(client, editor):
    observation = make_observation(make_drill(starts_at=at(2026, 5, 1, 9)))
    address = reverse("corrective_actions:add")

    refused = client.post(address, typed_action(observation, state="done"))
    assert refused.status_code == 200
    assert "closed_on" in refused.context["form"].errors

    client.post(address, typed_action(observation, state="done", closed_on="2026-05-20"))
    action = CorrectiveAction.objects.get()
    assert action.was_on_time

    again = typed_action(observation, state="open", closed_on="2026-05-20")
    client.post(reverse("corrective_actions:edit", args=(action.pk,)), again)
    action.refresh_from_db()
    assert (action.state, action.closed_on) == ("open", None)


def test_an_observation_with_actions_cannot_be_taken_away(client, unwritten, editor):
    drill = make_drill()
    observation = make_observation(drill)
    make_action(observation, due=date(2026, 5, 1))
    review = drill.review
    row = {"id": observation.pk, "kind": "strength", "item_number": "", "DELETE": "on"}
    words = {"text_en": "A", "text_es": "A", "ORDER": "1"}
    typed = {
        "drill": drill.pk,
        "held_on": "2026-05-01",
        "summary_en": "A",
        "summary_es": "A",
        "observations": inline_formset([{**row, **words}], initial=1),
    }

    response = client.post(
        reverse("after_action_reviews:edit", args=(review.pk,)), nested_form_data(typed)
    )

    assert response.status_code == 200
    assert AfterActionReview.objects.get().observations.count() == 1


def test_another_citys_drill_cannot_be_chosen(client, editor):
    alder, _puerto = city_pair()
    own, others = make_drill(), make_drill(cities=[alder])

    page = client.get(reverse("after_action_reviews:add"), {"drill": own.pk})

    assert page.context["form"].initial["drill"] == own.pk
    offered = set(page.context["form"].fields["drill"].queryset)
    assert (own in offered, others in offered) == (True, False)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_ticked_leaves_as_a_file_with_who_and_when(client, editor, file_format):
    drill = make_drill("=Call", "Warn")
    make_drill("Theirs", title="Other", cities=[city_pair()[0]])
    services.tick(drill.items.get(number=1), by=ResidentFactory(name="Joan Okafor"))
    done_at = drill.items.get(number=1).done_at

    response = client.get(reverse("drill_items:index"), {"export": file_format})

    content = b"".join(response.streaming_content)
    if file_format == "xlsx":
        assert content.startswith(b"PK")
        return
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "Drill,number,what to do (English),what to do (Español),"
        "who does it (English),who does it (Español),done at,done by"
    )
    assert sorted(lines[1:]) == [
        f"High water,1,'=Call,'=Call,,,{done_at:%Y-%m-%d %H:%M:%S}+00:00,Joan Okafor",
        "High water,2,Warn,Warn,,,,",
    ]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_corrective_actions_leave_as_a_file_and_the_log_says_to_whom(client, editor, file_format):
    joan = ResidentFactory(name="Joan Okafor", is_staff=True)
    seen = make_observation(make_drill(), "=Nobody called")
    text = in_every_language("text", "+Buy adapters")
    action = make_action(seen, due=date(2026, 5, 1), closed=date(2026, 5, 2), owner=joan, **text)
    others = make_observation(make_drill(title="Theirs", cities=[city_pair()[0]]), "Secret")
    make_action(others, due=date(2026, 5, 1))

    client.get(reverse("corrective_actions:index"))
    client.head(reverse("corrective_actions:index"), {"export": file_format})
    assert not ModelLogEntry.objects.filter(action=services.FILE_TAKEN).exists()
    response = client.get(reverse("corrective_actions:index"), {"export": file_format})

    content = b"".join(response.streaming_content)
    entry = ModelLogEntry.objects.get(action=services.FILE_TAKEN)
    assert entry.user == editor
    if file_format == "xlsx":
        [_head, row] = list(load_workbook(BytesIO(content)).active.values)
        assert (row[3], row[5]) == ("'=Nobody called", "'+Buy adapters")
        assert row[9] == date(2026, 5, 1)
        return
    lines = content.decode("utf-8-sig").splitlines()
    assert lines == [
        (
            "number,Drill,review held on,observation (English),observation (Español),"
            "what is done (English),what is done (Español),city,owner,due on,state,closed on,late"
        ),
        (
            f"{action.pk},High water,2026-05-01,'=Nobody called,'=Nobody called,"
            "'+Buy adapters,'+Buy adapters,Alder Bay,Joan Okafor,2026-05-01,Closed,2026-05-02,no"
        ),
    ]


def test_a_file_of_corrective_actions_holds_what_the_list_was_narrowed_to(client, editor):
    seen = make_observation(make_drill())
    make_action(seen, due=date(2026, 5, 1), closed=date(2026, 5, 1))
    make_action(seen, due=date(2026, 5, 9))

    asked = {"export": "csv", "state": "open"}
    response = client.get(reverse("corrective_actions:index"), asked)

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[9] for line in lines[1:]] == ["2026-05-09"]


@pytest.mark.parametrize("who", ["resident", "editor who runs no drills"])
def test_nobody_without_the_permission_takes_corrective_actions_along(client, who):
    make_action(make_observation(make_drill()), due=date(2026, 5, 1))
    person = ResidentFactory()
    if who != "resident":
        ensure_editors()
        person.groups.add(Group.objects.get(name="Editors"))
        person.edits_for.set(city_pair())
    client.force_login(person)
    screens = client.get(reverse("wagtailadmin_home"))
    assert (screens.status_code == 200) == (who != "resident")

    response = client.get(reverse("corrective_actions:index"), {"export": "csv"})

    assert response.status_code in {302, 403}
    assert not ModelLogEntry.objects.filter(action=services.FILE_TAKEN).exists()


def test_a_file_stays_within_its_queries(client, editor, django_assert_max_num_queries):
    many = 3
    for number in range(many):
        make_action(make_observation(make_drill(title=f"D{number}")), due=date(2026, 5, 1))
    client.get(reverse("corrective_actions:index"))

    with django_assert_max_num_queries(12):
        response = client.get(reverse("corrective_actions:index"), {"export": "csv"})
        lines = b"".join(response.streaming_content).splitlines()
    assert len(lines) == many + 1


def test_an_action_begins_with_the_observation_that_asks_for_it(client, editor):
    seen = make_observation(make_drill("Call"), "Nobody called the school")

    page = client.get(f"{reverse('corrective_actions:add')}?observation={seen.pk}")
    unknown = client.get(f"{reverse('corrective_actions:add')}?observation={'9' * 30}")

    chosen = f'<option value="{seen.pk}" selected>Nobody called the school</option>'
    assert chosen in page.content.decode()
    assert unknown.status_code == 200
