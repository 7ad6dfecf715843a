"""Words are removed for good when two people say so, and then stay nowhere."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.models import Contribution, EarlierWording, Report
from consultations.moderation.models import Appeal, Decision, Removal
from consultations.moderation.refusals import (
    AppealWaits,
    NotHidden,
    NotYourCity,
    ReasonNotChosen,
    RemovalAsked,
    RemovalOver,
    TwoPeopleNeeded,
)
from consultations.moderation.services.appeals import appeal
from consultations.moderation.services.removals import (
    ask_for_removal,
    call_off_removal,
    confirm_removal,
)
from consultations.proposals.services import hide_statement
from consultations.translations.models import Translation
from partnership.pages.languages import CODES, localized
from partnership.serving import cache
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.moderation import make_hidden, make_moderator
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

CANARY = "zanzibar-canary"


@pytest.fixture
def asked(cities):
    """Words that one moderator wants removed."""
    moderator = make_moderator(cities[0])
    contribution, _decision = make_hidden(
        moderator, text=f"Words of {CANARY}.", reason=f"It says {CANARY}."
    )
    return ask_for_removal(contribution, by=moderator, reason="unlawful")


def everything_stored():
    """Every text of every table, as one string."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            rows += cursor.fetchall()
    return repr(rows)


def test_the_second_person_removes_the_words_from_every_place(asked, cities):
    contribution = asked.contribution
    Contribution.objects.filter(pk=contribution.pk).update(drawing=make_photo())
    EarlierWording.objects.create(contribution=contribution, text=CANARY)
    Report.objects.create(
        contribution=contribution, participant=make_participant(), reason="spam", note=CANARY
    )
    Translation.objects.create(
        contribution=contribution,
        language_code="es",
        text=CANARY,
        origin="staff",
        source_digest="x",
        status="accepted",
    )
    Appeal.objects.create(
        decision=Decision.objects.get(),
        text=CANARY,
        answer=CANARY,
        language_code="en",
        outcome="upheld",
        decided_at=timezone.now(),
    )
    there = CANARY in everything_stored()

    confirm_removal(asked, by=make_moderator(cities[1]), seen=asked.digest)

    contribution.refresh_from_db()
    assert there
    assert CANARY not in everything_stored()
    assert (contribution.publication_status, contribution.drawing) == ("erased", None)
    assert [row.outcome for row in Decision.objects.about(contribution)] == ["removed", "hidden"]


@pytest.mark.usefixtures("page_cache")
def test_no_old_page_keeps_the_words_in_a_file(asked, cities, django_capture_on_commit_callbacks):
    cache.store().set("a-page-of-yesterday", CANARY)

    with django_capture_on_commit_callbacks(execute=True):
        confirm_removal(asked, by=make_moderator(cities[1]), seen=asked.digest)

    assert cache.store().get("a-page-of-yesterday") is None


def test_a_statement_loses_its_words_in_every_language_and_keeps_its_number(cities):
    statement = StatementFactory(participant=make_participant())
    moderator = make_moderator(cities[0])
    hide_statement(statement, by=moderator, reason="No.")
    removal = ask_for_removal(statement, by=moderator, reason="unlawful")

    confirm_removal(removal, by=make_moderator(cities[1]), seen=removal.digest)

    statement.refresh_from_db()
    assert [getattr(statement, localized("text", code)) for code in CODES] == ["", ""]
    assert (statement.number, statement.publication_status) == (1, "erased")


def test_whoever_asked_does_not_confirm_whatever_they_may_do(asked):
    asked.asked_by.is_superuser = True
    asked.asked_by.save()

    with pytest.raises(TwoPeopleNeeded):
        confirm_removal(asked, by=asked.asked_by, seen=asked.digest)

    asked.contribution.refresh_from_db()
    assert CANARY in asked.contribution.text


@pytest.mark.both
def test_the_table_itself_knows_that_it_takes_two(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.update(confirmed_by=asked.asked_by)


def test_an_administrator_without_a_city_is_no_second_person(asked):
    administrator = ResidentFactory(is_staff=True, is_superuser=True)

    with pytest.raises(NotYourCity):
        confirm_removal(asked, by=administrator, seen=asked.digest)


def test_only_what_was_read_is_removed_and_only_once(asked, cities):
    second = make_moderator(cities[1])
    with pytest.raises(RemovalOver):
        confirm_removal(asked, by=second, seen="0" * 64)
    words = Contribution.objects.filter(pk=asked.contribution_id)
    words.update(text="Other words than were read.")
    with pytest.raises(RemovalOver):
        confirm_removal(asked, by=second, seen=asked.digest)
    words.update(text=asked.contribution.text)

    confirm_removal(asked, by=second, seen=asked.digest)

    with pytest.raises(RemovalOver):
        confirm_removal(asked, by=second, seen=asked.digest)


def test_when_the_one_who_asked_is_erased_somebody_must_ask_again(asked, cities):
    asked.asked_by.delete()
    asked.refresh_from_db()

    with pytest.raises(RemovalOver):
        confirm_removal(asked, by=make_moderator(cities[1]), seen=asked.digest)


def test_what_is_shown_or_appealed_or_has_no_reason_is_not_removed(cities):
    moderator = make_moderator(cities[0])
    contribution, decision = make_hidden(moderator)
    with pytest.raises(NotHidden):
        ask_for_removal(ContributionFactory(), by=moderator, reason="spam")
    with pytest.raises(ReasonNotChosen):
        ask_for_removal(contribution, by=moderator, reason="dislike")
    appeal(decision, text="No.", language_code="en", form_token=None)

    with pytest.raises(AppealWaits):
        ask_for_removal(contribution, by=moderator, reason="spam")


def test_it_is_asked_once_and_can_be_called_off(asked):
    with pytest.raises(RemovalAsked):
        ask_for_removal(asked.contribution, by=asked.asked_by, reason="spam")

    call_off_removal(asked, by=asked.asked_by)

    asked.contribution.refresh_from_db()
    assert not Removal.objects.exists()
    assert asked.contribution.publication_status == "hidden"
    with pytest.raises(RemovalOver):
        call_off_removal(asked, by=asked.asked_by)


def test_who_moderates_elsewhere_or_not_at_all_neither_asks_nor_confirms_nor_calls_off(cities):
    alder, puerto = cities
    moderator = make_moderator(alder)
    contribution, _decision = make_hidden(moderator, consultation=make_consultation(cities=[alder]))
    removal = ask_for_removal(contribution, by=moderator, reason="spam")
    editor = ResidentFactory(is_staff=True)
    editor.edits_for.set([alder])

    for person in (make_moderator(puerto), editor):
        with pytest.raises(NotYourCity):
            ask_for_removal(contribution, by=person, reason="spam")
        with pytest.raises(NotYourCity):
            confirm_removal(removal, by=person, seen=removal.digest)
        with pytest.raises(NotYourCity):
            call_off_removal(removal, by=person)

    assert Removal.objects.waiting().get() == removal


# The screens -----------------------------------------------------------------------------------


def test_asking_and_confirming_on_the_screens(client, cities):
    first, second = make_moderator(cities[0]), make_moderator(cities[1])
    contribution, _decision = make_hidden(first, text="Words to go.")
    client.force_login(first)
    ask = reverse("removal_asked", args=("comment", contribution.pk))
    silent, done = client.post(ask, {"reason": ""}), client.post(ask, {"reason": "unlawful"})
    removal = Removal.objects.get()
    address = reverse("removal_decision", args=(removal.pk,))
    alone = client.post(address, {"decision": "confirm", "seen": removal.digest})
    client.force_login(second)
    shown = client.get(reverse("removals")).content.decode()

    confirmed = client.post(address, {"decision": "confirm", "seen": removal.digest})

    contribution.refresh_from_db()
    assert (silent.status_code, done.status_code, alone.status_code) == (422, 302, 422)
    assert "You asked for this yourself." in alone.content.decode()
    assert "Words to go." in shown
    assert (confirmed.status_code, contribution.text) == (302, "")


def test_a_removal_of_another_city_s_consultation_does_not_exist(client, cities):
    alder, puerto = cities
    moderator = make_moderator(alder)
    contribution, _decision = make_hidden(moderator, consultation=make_consultation(cities=[alder]))
    removal = ask_for_removal(contribution, by=moderator, reason="spam")
    client.force_login(make_moderator(puerto))

    answers = [
        client.post(reverse("removal_asked", args=("comment", contribution.pk))),
        client.post(reverse("removal_decision", args=(removal.pk,))),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_who_works_for_no_city_is_shown_no_removal_of_a_joint_consultation(asked, cities):
    asked.consultation.cities = []
    asked.consultation.save()

    assert list(Removal.objects.of_moderator(make_moderator(cities[1]))) == [asked]
    assert list(Removal.objects.of_moderator(make_moderator())) == []


def test_the_screen_of_removals_stays_within_its_queries(
    django_assert_max_num_queries, client, cities
):
    number = 3
    moderator, consultation = make_moderator(cities[0]), make_consultation()
    for place in range(number):
        hidden, _decision = make_hidden(
            moderator, consultation=consultation, text=f"Hidden {place}."
        )
        ask_for_removal(hidden, by=moderator, reason="spam")
    client.force_login(moderator)
    client.get(reverse("removals"))

    with django_assert_max_num_queries(13):
        page = client.get(reverse("removals")).content.decode()

    assert page.count("Remove it for good") == number
