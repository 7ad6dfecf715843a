"""For oneself or for an organisation, with one's name or without it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import edit_comment, show_name, withdraw_comment
from consultations.enums import Participation, PublicationStatus
from consultations.exports.services import export
from consultations.models import ConsultationPage, Contribution, Response, Statement
from consultations.presenting.question_figures import speaker_choices, speaking_asked_for
from consultations.question_results import QuestionResult, question_results
from consultations.refusals import CommentNotThere, TextTooLong
from consultations.services import ANSWER, COMMENT, answer, comment
from consultations.speaking.refusals import OrganisationKindMissing, OrganisationNameMissing
from consultations.speaking.rules import ONESELF, Voice, checked_voice
from partnership.masking import SMALLEST_GROUP, masked_parts
from partnership.people.enums import OrganisationKind
from partnership.people.tokens import issue
from tests.consultations.test_exports import table
from tests.consultations.test_moderation import staff
from tests.consultations.test_pages import signed_in, text_of
from tests.consultations.test_paper import editor
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)

pytestmark = pytest.mark.django_db

NEIGHBOURS = Voice("neighbourhood", "Vecinos del Puerto")


def say(consultation: Any, participant: Any, **more: Any) -> Contribution:
    return comment(
        consultation,
        participant=participant,
        text="A zebra crossing, please.",
        form_token=None,
        **more,
    )


# For whom ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "refusal"),
    [
        (Voice("school", " \u200b"), OrganisationNameMissing),
        (Voice("", "Our school"), OrganisationKindMissing),
        (Voice("army", "Our school"), OrganisationKindMissing),
        (Voice("school", "x" * 121), TextTooLong),
    ],
)
def test_an_organisation_has_a_name_and_a_kind_we_know(voice, refusal):
    with pytest.raises(refusal):
        checked_voice(voice)


@pytest.mark.both
@pytest.mark.parametrize("table", [Contribution, Response, Statement])
def test_the_database_keeps_no_half_organisation(table):
    consultation = make_consultation()
    common = {"consultation": consultation, "language_code": "en"}

    with pytest.raises(IntegrityError, match="organisation_whole"), transaction.atomic():
        table.objects.create(participant=make_participant(), organisation_kind="school", **common)


def test_an_account_is_offered_its_organisation_and_can_speak_for_itself():
    consultation = make_consultation()
    client, _participant = signed_in(
        make_participant(organisation_name="Escuela Norte", organisation_kind="school")
    )
    sent = {"text": "Slower cars.", "organisation_name": "Escuela Norte"}

    page = client.get(consultation.comment_url).content.decode()
    for speaks_for in ("organisation", "myself"):
        client.post(
            consultation.comment_url,
            {
                **sent,
                "organisation_kind": "school",
                "speaks_for": speaks_for,
                "form_token": issue(COMMENT),
            },
        )

    said = Contribution.objects.order_by("pk").values_list("organisation_kind", flat=True)
    assert 'value="Escuela Norte"' in page
    assert '<option value="school" selected>' in page
    assert list(said) == ["school", ""]


def test_naming_an_organisation_without_saying_so_is_asked_about():
    consultation = make_consultation()
    client, _participant = signed_in()

    refused = client.post(
        consultation.comment_url,
        {"text": "Slower.", "organisation_name": "Cruce", "form_token": issue(COMMENT)},
    )

    assert refused.status_code == 422
    assert "Say whether you speak for it." in text_of(refused)
    assert not Contribution.objects.exists()


def test_readers_see_for_whom_a_comment_and_a_statement_were_written(client):
    consultation = make_consultation()
    voice = {"organisation_kind": "neighbourhood", "organisation_name": "Vecinos del Puerto"}
    ContributionFactory(consultation=consultation, **voice)
    statement = StatementFactory(consultation=consultation, **voice)

    page = text_of(client.get(consultation.url))
    own_page = text_of(client.get(statement.get_absolute_url()))

    words = "for Vecinos del Puerto (neighbourhood association)"
    assert words in page
    assert words in own_page


def test_answers_keep_for_whom_they_were_given_and_can_change_it():
    consultation = make_consultation()
    make_question(consultation)
    client, _participant = signed_in()
    sent = {"q1": "o1", "organisation_kind": "business", "organisation_name": "Panadería Sol"}

    def send(speaks_for: str) -> Response:
        token = {"form_token": issue(ANSWER)}
        client.post(consultation.answer_url, {**sent, "speaks_for": speaks_for, **token})
        return Response.objects.get()

    first = send("organisation")
    page = client.get(consultation.answer_url).content.decode()
    sent["organisation_name"] = ""
    second = send("myself")

    assert (first.organisation_kind, first.organisation_name) == ("business", "Panadería Sol")
    assert 'value="Panadería Sol"' in page
    assert (second.organisation_kind, second.organisation_name) == ("", "")


def test_a_sheet_of_paper_says_for_whom_it_was_filled_in():
    consultation = make_consultation()
    make_question(consultation)
    client = editor(city_pair()[0])
    printed = text_of(client.get(consultation.paper_url))

    client.post(
        f"/admin/consultations/{consultation.pk}/paper/",
        {
            "sheet": "7",
            "language_code": "en",
            "q1": "o2",
            "speaks_for": "organisation",
            "organisation_kind": "faith",
            "organisation_name": "Parroquia",
            "form_token": issue("consultations.paper"),
        },
    )

    assert Response.objects.get().organisation_kind == "faith"
    assert "for this organisation:" in printed
    assert "faith community" in printed


# In the results ----------------------------------------------------------------------------


def answered_by(groups: dict[tuple[Any, Voice], str]) -> Any:
    """A consultation with one question, answered by so many of each: (city, voice): options."""
    consultation = make_consultation()
    make_question(consultation)
    for (city, voice), options in groups.items():
        for option in options:
            answer(
                consultation,
                participant=make_participant(city),
                answers={"q1": f"o{option}"},
                language_code="en",
                voice=voice,
                form_token=None,
            )
    return consultation


def result_for(consultation: Any, speaking: str | None = None) -> QuestionResult:
    questions = consultation.questions.prefetch_related("options")
    (result,) = question_results(consultation, questions, city_pair(), speaking=speaking)
    return result


def test_figures_can_be_read_by_kind_of_organisation(django_assert_num_queries):
    alder, puerto = city_pair()
    groups = {(alder, ONESELF): "1" * 6, (alder, NEIGHBOURS): "22222", (puerto, ONESELF): "3" * 5}
    consultation = answered_by(groups)

    questions = consultation.questions.prefetch_related("options")
    list(questions)
    with django_assert_num_queries(1):
        (everybody,) = question_results(consultation, questions, (alder, puerto))
    (part,) = question_results(consultation, questions, (alder, puerto), speaking="neighbourhood")

    assert everybody.groups == ((alder, 11), (puerto, 5), (None, None))
    assert everybody.speakers == (("", (6, 5, None)), ("neighbourhood", (5, 0, None)))
    assert part.groups == ((alder, 5), (puerto, 0), (None, None))
    assert [option.shares[0].count for option in part.options] == [0, 5, 0]


def test_a_small_kind_takes_another_with_it_so_that_nobody_can_subtract():
    alder, puerto = city_pair()
    groups = {(alder, ONESELF): "1" * 6, (alder, NEIGHBOURS): "22", (puerto, ONESELF): "3" * 5}
    consultation = answered_by(groups)

    everybody, persons = result_for(consultation), result_for(consultation, "")

    assert everybody.speakers == ()
    assert persons.groups == ((alder, None), (puerto, 5), (None, None))
    assert [option.shares[0].count for option in persons.options] == [None, None, None]
    assert speaker_choices([everybody], None) == []


@pytest.mark.parametrize(
    ("sizes", "masked"),
    [
        ([20, 7, 0], set()),
        ([20, 7, 3], {1, 2}),
        ([20, 7, 1, 1], {1, 2, 3}),
        ([20, 7, 3, 2], {2, 3}),
        ([6, 2], {0, 1}),
        ([3, 0], {0}),
    ],
)
def test_parts_of_a_known_whole_are_masked_until_five_are_left_over(sizes, masked):
    found = masked_parts(dict(enumerate(sizes)))

    left_over = sum(sizes[place] for place in found)
    assert found == masked
    assert left_over == 0 or left_over >= SMALLEST_GROUP or found == {0}


def test_the_page_offers_the_kinds_and_shows_the_one_asked_for(client):
    alder, _puerto = city_pair()
    consultation = answered_by({(alder, ONESELF): "11111", (alder, NEIGHBOURS): "222222"})
    ConsultationPage.objects.filter(pk=consultation.pk).update(closes_at=timezone.now())

    page = client.get(consultation.url)
    part = client.get(f"{consultation.url}?speaking=neighbourhood").content.decode()

    assert 'href="?speaking=neighbourhood#questions"' in page.content.decode()
    assert "of these for an organisation: neighbourhood association" in text_of(page)
    assert '?speaking=neighbourhood#questions" aria-current="true"' in part
    assert "of these for an organisation" not in part


@pytest.mark.parametrize(
    ("asked", "kind"), [("", None), ("myself", ""), ("school", "school"), ("army", None)]
)
def test_an_address_asks_for_a_kind_we_know_or_for_everybody(asked, kind):
    assert speaking_asked_for({"speaking": asked}) == kind


def test_every_kind_has_words():
    assert "another public body" in OrganisationKind.labels


# Without one's name ------------------------------------------------------------------------


def test_a_hidden_name_is_nowhere_a_reader_looks(client):
    author = make_participant(name="Quetzalia Unwritten")
    consultation = make_consultation(participation=Participation.REGISTERED)
    shown = ContributionFactory(consultation=consultation, participant=author)
    hidden = ContributionFactory(consultation=consultation, participant=author, is_name_hidden=True)
    addresses = [
        consultation.url,
        f"{consultation.comment_url}?parent={hidden.pk}",
        *(
            f"{consultation.comment_url}{hidden.pk}/{page}/"
            for page in ("replies", "support", "report")
        ),
    ]
    reader, _participant = signed_in()

    Contribution.objects.filter(pk=shown.pk).update(is_name_hidden=True)
    pages = [each.get(address) for address in addresses for each in (client, reader)]
    public = b"".join(export(consultation, file_format="json").pieces).decode()

    assert {page.status_code for page in pages} == {200}
    assert [page for page in pages if "Quetzalia" in page.content.decode()] == []
    assert "A resident of Alder Bay" in text_of(pages[0])
    assert "Quetzalia" not in public


def test_moderators_are_not_told_a_hidden_name_either():
    consultation = make_consultation()
    hidden = say(consultation, make_participant(name="Quetzalia Unwritten"), is_name_hidden=True)
    client = staff("Moderators", city_pair()[0])

    page = client.get(reverse("moderation_queue"))

    assert hidden.publication_status == PublicationStatus.PENDING
    assert "The author keeps their name back." in text_of(page)
    assert "Quetzalia" not in page.content.decode()


@pytest.mark.both
@pytest.mark.parametrize("name", ["comments", "words"])
def test_a_file_for_staff_names_only_whoever_readers_may_know(name):
    author = make_participant(name="Quetzalia Unwritten", email="quetzalia@example.org")
    consultation = make_consultation()
    for is_hidden in (True, False):
        ContributionFactory(consultation=consultation, participant=author, is_name_hidden=is_hidden)

    hidden, named = table(consultation, name, profile="staff")

    told = ("participant", "name", "email")
    assert [hidden[each] for each in told] == ["", "", ""]
    assert named["participant"]
    assert (named["name"], named["email"]) == ("Quetzalia Unwritten", "quetzalia@example.org")


def test_who_hides_their_name_still_finds_changes_and_withdraws_it():
    consultation = make_consultation()
    client, author = signed_in()
    own = say(consultation, author, is_name_hidden=True)

    listed = text_of(client.get(reverse("my_participation")))
    changed = edit_comment(own, participant=author, text="Two crossings.", form_token=None)
    withdrawn = withdraw_comment(own, participant=author)

    assert "A zebra crossing, please." in listed
    assert (changed.text, changed.is_name_hidden) == ("Two crossings.", True)
    assert withdrawn.is_withdrawn


def test_a_name_can_be_hidden_and_shown_again_later_by_its_owner_only():
    own = ContributionFactory()
    client, _author = signed_in(own.participant)
    address = f"{own.consultation.comment_url}{own.pk}/change/"

    client.post(address, {"name": "hide"})
    hidden = Contribution.objects.get().author_name
    client.post(address, {"name": "show"})

    assert hidden == "A resident of Alder Bay"
    assert not Contribution.objects.get().is_name_hidden
    with pytest.raises(CommentNotThere):
        show_name(own, participant=make_participant(), is_shown=False)


def test_what_readers_see_of_a_hidden_name():
    alder = city_pair()[0]
    staff = make_participant(name="Olga Ruiz Pons", is_staff=True)
    hidden: dict[str, Any] = {"is_name_hidden": True}

    def said(**fields: Any) -> Contribution:
        return Contribution(participant=staff, **fields)

    assert said(city=alder).author_name == "Olga Ruiz Pons"
    assert said(city=alder, **hidden).author_name == "A resident of Alder Bay"
    assert said(city=None, **hidden).author_name == "Somebody from elsewhere"
    assert said(organisation_name="Cruce", **hidden).author_name == "Cruce"
    assert [said(city=alder).is_by_staff, said(**hidden).is_by_staff] == [True, False]
