"""How an editor writes a commitment down, and what they cannot do."""

import html
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage
from consultations.roadmap.groups import EDITORS, ensure_groups
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership.cities.models import City
from partnership.pages.groups import ensure_groups as let_editors_write_pages
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.delivery import no_rows
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
)
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import cite, in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

NEW = "/admin/commitments/new/"
NOT_MEASURED = in_every_language(not_measured="There was nothing to count.")


def test_the_list_of_changes_is_named_by_a_noun():
    panel = next(
        panel
        for panel in RoadmapPage.content_panels
        if getattr(panel, "relation_name", "") == "changes"
    )

    with translation.override("es"):
        assert str(panel.label) == "Cambio"


def editor_of(*cities: City) -> Resident:
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    editor.edits_for.set(cities)
    return editor


def written(*evidence: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form of a commitment, filled in."""
    form = {
        "number": "",
        "title_en": "One form",
        "title_es": "Un formulario",
        "description_en": "For street events.",
        "description_es": "Para fiestas en la calle.",
        "theme_en": "",
        "theme_es": "",
        "led_by": [str(city_pair()[0].pk)],
        "status": "agreed",
        "due_on": f"{timezone.now().year}-12-31",
        "currency": "EUR",
        **no_rows(),
        "evidence-TOTAL_FORMS": len(evidence),
        "evidence-INITIAL_FORMS": 0,
        "evidence-MIN_NUM_FORMS": 0,
        "evidence-MAX_NUM_FORMS": 1000,
        **fields,
    }
    for place, row in enumerate(evidence):
        values = {"id": "", "ORDER": place, "disposition": "adopted", **row}
        form |= {f"evidence-{place}-{name}": value for name, value in values.items()}
    return form


def test_an_editor_adds_a_commitment_with_its_evidence(client: Client) -> None:
    alder, _puerto = city_pair()
    roadmap = make_roadmap(cities=[alder])
    make_commitment(roadmap, number=6)
    statement = make_statement(make_consultation_to_export())
    client.force_login(editor_of(alder))

    form = written({"statement": statement.pk}, roadmap=roadmap.pk)
    response = client.post(NEW, form)

    assert response.status_code == 302
    commitment = Commitment.objects.get(number=7)
    assert (commitment.title_en, commitment.title_es) == ("One form", "Un formulario")
    assert commitment.evidence.get().statement == statement


@pytest.mark.parametrize("target", ["statement", "consultation"])
def test_what_one_may_not_read_is_not_cited_by_its_number(
    client: Client, unwritten: None, target: str
) -> None:
    alder, puerto = city_pair()
    theirs = make_consultation_to_export(cities=[puerto], live=False)
    cited = make_statement(theirs) if target == "statement" else theirs
    client.force_login(editor_of(alder))

    response = client.post(NEW, written({target: cited.pk}, roadmap=make_roadmap().pk))

    (row,) = response.context["form"].formsets["evidence"].forms
    assert row.errors == {target: ["Choose something that you may read."]}
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(("has_reason", "is_live"), [(True, True), (False, True), (False, False)])
def test_who_saves_a_promise_that_cites_nobody_is_told(
    has_reason: bool, is_live: bool, client: Client
) -> None:
    roadmap = make_roadmap(live=is_live)
    client.force_login(editor_of(*city_pair()))
    statement = make_statement(make_consultation_to_export())
    evidence = [{"statement": statement.pk}] if has_reason else []

    shown = client.post(NEW, written(*evidence, roadmap=roadmap.pk), follow=True)

    said = [str(each) for each in shown.context["messages"] if each.level_tag == "warning"]
    assert Commitment.objects.exists()
    assert len(said) == (1 if is_live and not has_reason else 0)
    assert all(sentence.startswith("Readers see “One form” without a reason") for sentence in said)


@pytest.mark.parametrize("missing", ["title_es", "title_en", "description_es"])
def test_half_a_commitment_is_not_saved(missing: str, client: Client, unwritten: None) -> None:
    roadmap = make_roadmap()
    client.force_login(editor_of(*city_pair()))

    response = client.post(NEW, written(roadmap=roadmap.pk, **{missing: ""}))

    assert response.status_code == 200
    assert missing in response.context["form"].errors
    assert not Commitment.objects.exists()


def test_a_theme_is_written_in_all_languages_or_in_none(client: Client, unwritten: None) -> None:
    roadmap = make_roadmap()
    client.force_login(editor_of(*city_pair()))

    response = client.post(NEW, written(roadmap=roadmap.pk, theme_en="Streets"))

    assert response.context["form"].errors["theme_es"] == ["Write it in Spanish too."]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2099-01-01", "This day has not come yet."),
        ("0001-01-01", "This is long before the roadmap of {year}: check the year."),
        ("2016-05-01", "This is long before the roadmap of {year}: check the year."),
    ],
)
def test_nothing_was_finished_on_a_day_that_cannot_be(
    day: str, message: str, client: Client, unwritten: None
) -> None:
    roadmap = make_roadmap()
    client.force_login(editor_of(*city_pair()))

    form = written(roadmap=roadmap.pk, status="completed", finished_on=day, **NOT_MEASURED)
    refused = client.post(NEW, form).context["form"]

    assert dict(refused.errors) == {"finished_on": [message.format(year=roadmap.year)]}
    assert not Commitment.objects.exists()


def test_what_was_finished_today_or_the_year_before_is_kept(client: Client) -> None:
    roadmap = make_roadmap()
    client.force_login(editor_of(*city_pair()))

    for day in (timezone.localdate().isoformat(), f"{roadmap.year - 1}-12-31"):
        form = written(roadmap=roadmap.pk, status="completed", finished_on=day, **NOT_MEASURED)
        assert client.post(NEW, form).status_code == 302


@pytest.mark.parametrize("chosen", ["none", "two"])
def test_each_piece_of_evidence_is_exactly_one_thing(chosen: str, client: Client) -> None:
    roadmap = make_roadmap()
    consultation = make_consultation_to_export()
    two = {"statement": make_statement(consultation).pk, "consultation": consultation.pk}
    client.force_login(editor_of(*city_pair()))

    row = two if chosen == "two" else {"disposition": "partly"}
    response = client.post(NEW, written(row, roadmap=roadmap.pk))

    assert response.status_code == 200
    assert "Choose exactly one thing" in response.content.decode()
    assert not Commitment.objects.exists()


def test_the_same_evidence_twice_is_said_before_the_database_refuses(client: Client) -> None:
    roadmap = make_roadmap()
    statement = make_statement(make_consultation_to_export())
    client.force_login(editor_of(*city_pair()))

    row = {"statement": statement.pk}
    response = client.post(NEW, written(row, row, roadmap=roadmap.pk))

    assert response.status_code == 200
    assert "Please correct the duplicate" in response.content.decode()
    assert "Two rows say the same (statement). Keep one of them." in response.content.decode()
    assert not Commitment.objects.exists()


def test_another_citys_commitment_does_not_exist_for_an_editor(client: Client) -> None:
    alder, puerto = city_pair()
    theirs = make_commitment(make_roadmap(cities=[puerto]))
    client.force_login(editor_of(alder))

    for action, answer in (("edit", 404), ("delete", 404), ("copy", 302)):
        address = f"/admin/commitments/{action}/{theirs.pk}/"
        assert client.get(address).status_code == answer
        assert client.post(address, written(roadmap=theirs.roadmap_id)).status_code in {302, 404}
    assert Commitment.objects.get().title == theirs.title
    assert theirs.title not in client.get("/admin/commitments/").content.decode()


def test_an_editor_cannot_put_a_commitment_on_another_citys_roadmap(
    client: Client, unwritten: None
) -> None:
    alder, puerto = city_pair()
    theirs = make_roadmap(cities=[puerto])
    client.force_login(editor_of(alder))

    response = client.post(NEW, written(roadmap=theirs.pk))

    assert "roadmap" in response.context["form"].errors
    assert not Commitment.objects.exists()


def test_a_resident_without_the_permission_cannot_see_the_list(client: Client) -> None:
    make_commitment()
    client.force_login(ResidentFactory())

    assert client.get("/admin/commitments/").status_code in {302, 403}


def test_the_list_shows_state_and_evidence(client: Client) -> None:
    commitment = make_commitment(status="in_progress", due_on="2020-01-01")
    cite(commitment, consultation=make_consultation_to_export())
    client.force_login(editor_of(*city_pair()))

    (row,) = client.get("/admin/commitments/").context["object_list"]

    assert (str(row.state_label), row.evidence_count) == ("Late", 1)


def test_choosers_find_words_in_every_language_and_only_what_readers_see(client: Client) -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, city_pair()[0])
    make_statement(consultation, "Close the street")
    make_question(consultation)
    make_comment(consultation, person, "A crossing, please.")
    make_comment(consultation, person, "Rude.", publication_status=PublicationStatus.HIDDEN)
    client.force_login(editor_of(*city_pair()))

    def found(kind: str, query: str = "") -> str:
        return client.get(f"/admin/{kind}_chooser/results/?{query}").content.decode()

    assert "Close the street" in found("statement", "q=STREET")
    assert "Close the street" not in found("statement", "q=harbour")
    assert "What is missing?" in found("question", f"consultation={consultation.pk}")
    assert "A crossing, please." in found("contribution")
    assert "Alder Bay" in found("contribution")
    assert "Rude." not in found("contribution")


def test_choosers_give_by_number_only_what_readers_see(client: Client) -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, city_pair()[0])
    shown = make_comment(consultation, person, "A crossing, please.")
    hidden = make_comment(
        consultation, person, "Rude.", publication_status=PublicationStatus.HIDDEN
    )
    client.force_login(editor_of(*city_pair()))
    chosen = "/admin/contribution_chooser/chosen"

    huge = "9" * 5000

    together = client.get(f"{chosen}-multiple/?id={shown.pk}&id={hidden.pk}&id=x&id={huge}")

    assert "A crossing" in client.get(f"{chosen}/{shown.pk}/").content.decode()
    assert client.get(f"{chosen}/{hidden.pk}/").status_code == 404
    assert [client.get(f"{chosen}/{no_key}/").status_code for no_key in ("x", huge)] == [404] * 2
    assert "A crossing" in together.content.decode()
    assert "Rude" not in together.content.decode()
    assert client.post("/admin/contribution_chooser/create/").status_code == 404


@pytest.mark.parametrize("hidden_by", ["draft", "privacy"])
def test_what_another_city_keeps_to_itself_is_not_found(client: Client, hidden_by: str) -> None:
    alder, puerto = city_pair()
    theirs = make_consultation_to_export(title="Puerto's own", cities=[puerto])
    statement, question = make_statement(theirs, "Close the street"), make_question(theirs)
    if hidden_by == "draft":
        ConsultationPage.objects.filter(pk=theirs.pk).update(live=False)
    else:
        PageViewRestriction.objects.create(page=theirs, restriction_type="login")
    parent = theirs.get_parent().pk
    let_editors_write_pages()

    def seen_by(city: City) -> list[bool]:
        client.force_login(editor_of(city))
        pages = [
            client.get("/admin/statement_chooser/results/?q=street"),
            client.get(f"/admin/question_chooser/results/?consultation={theirs.pk}"),
            client.get(f"/admin/statement_chooser/chosen/{statement.pk}/"),
            client.get(f"/admin/question_chooser/chosen-multiple/?id={question.pk}"),
            client.get(f"/admin/choose-page/{parent}/"),
            client.get("/admin/choose-page/search/?q=Puerto"),
        ]
        words = ("Close the street", "What is missing", "Puerto's own", "Puerto\\u0027s own")
        return [any(one in html.unescape(page.content.decode()) for one in words) for page in pages]

    assert seen_by(puerto)[:5] == [True] * 5
    assert seen_by(alder) == [False] * 6


def test_the_roadmaps_editor_leads_to_its_commitments(client: Client) -> None:
    roadmap = make_roadmap()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    screen = client.get(f"/admin/pages/{roadmap.pk}/edit/").content.decode()

    assert f"/admin/commitments/?roadmap={roadmap.pk}" in screen
