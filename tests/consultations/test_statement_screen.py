"""What an editor can change of a statement, and what only its author or a moderator can."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.enums import PublicationStatus
from consultations.models import Statement
from consultations.moderation.models import Decision
from consultations.services import vote
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from tests.consultations.test_moderation import staff
from tests.factories.consultations import StatementFactory, make_participant

pytestmark = pytest.mark.django_db

FIRST, SECOND = (localized("text", code) for code in CODES[:2])


def proposed(**fields: Any) -> Statement:
    words = {FIRST: "Cut the hedge.", SECOND: "Cortar el seto."}
    return StatementFactory(participant=make_participant(), **{**words, **fields})


def change(statement: Statement, **fields: Any) -> Any:
    """Send the form as it is shown, but for what is changed; return the answer."""
    values = {
        "consultation": statement.consultation_id,
        FIRST: getattr(statement, FIRST),
        SECOND: getattr(statement, SECOND),
        "language_code": statement.language_code,
        "publication_status": statement.publication_status,
        **fields,
    }
    return staff("Editors").post(reverse("statements:edit", args=(statement.pk,)), values)


@pytest.mark.parametrize("status", ["pending", "withdrawn", "erased"])
def test_what_waits_or_is_gone_does_not_exist_for_editors(status):
    statement, client = proposed(publication_status=status), staff("Editors")

    changed = change(statement, publication_status="published", **{FIRST: "Cut every tree."})
    listed = client.get(reverse("statements:index")).context["object_list"]
    gone = client.post(reverse("statements:delete", args=(statement.pk,)))

    kept = Statement.objects.get()
    assert (changed.status_code, gone.status_code, list(listed)) == (404, 404, [])
    assert (getattr(kept, FIRST), kept.publication_status) == ("Cut the hedge.", status)


def test_what_a_resident_proposed_is_neither_shown_nor_hidden_nor_reworded_here():
    statement = proposed(publication_status=PublicationStatus.HIDDEN)

    answer = change(
        statement,
        publication_status="published",
        language_code=CODES[1],
        **{FIRST: "Cut every tree.", SECOND: "Recortar el seto."},
    )

    kept = Statement.objects.get()
    assert answer.status_code == 302
    assert (kept.publication_status, kept.language_code) == ("hidden", CODES[0])
    assert (getattr(kept, FIRST), getattr(kept, SECOND)) == ("Cut the hedge.", "Recortar el seto.")
    assert not Decision.objects.exists()


def test_what_a_resident_proposed_is_not_deleted():
    statement = proposed()

    staff("Editors").post(reverse("statements:delete", args=(statement.pk,)))

    assert Statement.objects.filter(pk=statement.pk).exists()


def test_an_editors_own_statement_is_shown_and_hidden_here():
    statement = StatementFactory(publication_status=PublicationStatus.DRAFT)

    change(statement, publication_status="published", **{SECOND: "Otra.", FIRST: "Another."})

    kept = Statement.objects.get()
    assert (kept.publication_status, getattr(kept, FIRST)) == ("published", "Another.")


@pytest.mark.parametrize("column", [FIRST, SECOND])
def test_what_people_have_voted_on_keeps_its_sense(column):
    statement = StatementFactory(**{FIRST: "Cut teh hedge.", SECOND: "Cortar el zeto."})
    vote(statement, participant=make_participant(), choice="agree")
    other = {column: "Cut every tree."}

    refused = change(statement, **other)
    ticked = change(statement, is_small_change="on", **{FIRST: "Cut the hedge."})

    assert list(refused.context["form"].errors) == [column]
    assert "People have voted on these words." in refused.content.decode()
    assert ticked.status_code == 302
    assert getattr(Statement.objects.get(), FIRST) == "Cut the hedge."


def test_the_tick_is_offered_only_where_people_have_voted():
    statement, client = StatementFactory(), staff("Editors")
    address = reverse("statements:edit", args=(statement.pk,))

    before = client.get(address).content.decode()
    vote(statement, participant=make_participant(), choice="pass")
    after = client.get(address).content.decode()

    offered = 'name="is_small_change"'
    assert (offered in before, offered in after) == (False, True)
    assert offered not in client.get(reverse("statements:add")).content.decode()


def test_a_proposal_that_an_editor_once_took_back_is_shown_again():
    statement = proposed(publication_status=PublicationStatus.DRAFT)

    change(statement, publication_status="published")

    assert Statement.objects.get().publication_status == "published"


@pytest.mark.parametrize("code", CODES)
def test_a_statement_is_written_first_in_the_language_of_its_editor(code):
    """Or readers would be told that it was translated from the first language of the site."""
    client = staff("Editors")
    Resident.objects.update(language_code=code)

    form = client.get(reverse("statements:add")).context["form"]

    assert form["language_code"].value() == code
