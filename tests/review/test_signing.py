"""Every city signs for itself; the last signature publishes."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import TaskState, Workflow

from home.models import StandardPage
from partnership.outbox.models import OutgoingMail
from partnership.refusals import Refused
from partnership.review.models import CityReview, CityReviewTask
from partnership.review.refusals import (
    NotYourCity,
    OnePersonOneCity,
    PageHasChanged,
    ReviewIsOver,
    SayWhatToChange,
)
from partnership.review.services import approve, ask_for_changes, ensure_review, version_of
from tests.factories.cities import CityFactory
from tests.review.conftest import mails, review_of, send_again, sign

pytestmark = pytest.mark.django_db

#: Left at the root of the tree by Wagtail's migrations; the front page's counts for all ours.
WAGTAILS_OWN = "Moderators approval"


def stored(page):
    return StandardPage.objects.get(pk=page.pk)


def asked(page):
    """The codes of the cities of which one may answer now."""
    review = review_of(page)
    return [city.code for city in review.cities.all()] if review else []


def test_the_workflow_has_a_step_for_each_city_however_often_it_is_made(site, cities):
    again = ensure_review(site)

    assert Workflow.objects.exclude(name=WAGTAILS_OWN).get() == again
    assert again.name == "Alder Bay + Puerto Almendro"
    assert [task.name for task in again.tasks] == ["Alder Bay", "Puerto Almendro"]
    assert site.get_workflow() == again


@pytest.mark.both
def test_the_author_signs_by_sending_and_the_other_city_publishes(send, people):
    page = send(people.alder)

    assert asked(page) == ["puerto"]
    sign(page, people.puerto)

    assert stored(page).live
    assert stored(page).current_workflow_state is None


@pytest.mark.parametrize("whose", [0, 1])
def test_a_page_of_one_city_is_read_by_its_partner_too(send, people, cities, whose):
    own, partner = (people.alder, people.puerto) if whose == 0 else (people.puerto, people.alder)
    page = send(own, cities[whose])

    with pytest.raises(Refused):
        sign(page, own)
    sign(page, partner)

    assert stored(page).live


def test_a_joint_page_of_three_cities_is_read_by_all_of_them(send, people, editor, third_city):
    page = send(people.alder)

    assert asked(page) == ["puerto"]
    sign(page, people.puerto)
    assert not stored(page).live
    assert asked(page) == ["third"]
    sign(page, editor(third_city))

    assert stored(page).live


def test_a_page_of_the_city_that_joined_has_a_reader_from_the_first_one_on(
    send, people, editor, third_city
):
    """Nobody has signed anything since it joined, which is when steps used to be made."""
    page = send(editor(third_city), third_city)

    assert not stored(page).live
    assert sorted(asked(page)) == ["alder", "puerto"]
    sign(page, people.puerto)
    assert stored(page).live


def test_of_three_cities_any_one_partner_reads_the_page_of_one(
    site, send, people, editor, third_city, cities
):
    ensure_review(site)
    page = send(people.alder, cities[0])

    assert sorted(asked(page)) == ["puerto", "third"]
    with pytest.raises(OnePersonOneCity):
        sign(page, people.alder)
    sign(page, editor(third_city))

    assert stored(page).live
    assert set(
        CityReview.objects.filter(status=TaskState.STATUS_SKIPPED).values_list(
            "task__name", flat=True
        )
    ) == {"Puerto Almendro", "Thirdham"}


def test_a_page_of_two_of_three_cities_is_read_by_these_two(site, send, people, third_city, cities):
    ensure_review(site)
    page = send(people.alder, *cities)

    sign(page, people.puerto)

    assert stored(page).live


def test_whoever_would_lose_or_gain_the_page_reads_it(site, send, people, editor, third_city):
    alder, puerto, third = people.alder.edits_for.get(), people.puerto.edits_for.get(), third_city
    ensure_review(site)
    page = send(people.alder, alder, puerto)
    sign(page, people.puerto)
    page = stored(page)
    page.cities = [alder, third]
    page = send_again(page, people.alder)

    sign(page, people.puerto)

    assert asked(page) == ["third"]


@pytest.mark.parametrize("who", ["alder", "nowhere", "moderator", "resident", "admin"])
def test_nobody_else_signs_for_a_city(send, people, who):
    page = send(people.both)  # signed for Alder Bay by sending it
    person = getattr(people, who)

    with pytest.raises(NotYourCity):
        sign(page, person)
    with pytest.raises(NotYourCity):
        ask_for_changes(review_of(page), by=person, comment="No")

    assert asked(page) == ["puerto"]
    assert not stored(page).live


def test_an_administrator_who_works_for_the_city_signs_for_it(send, people, cities):
    people.admin.edits_for.set(cities[1:])
    page = send(people.alder)

    sign(page, people.admin)

    assert stored(page).live


def test_an_account_that_was_closed_signs_nothing(send, people):
    page = send(people.alder)
    people.puerto.is_active = False
    people.puerto.save()

    with pytest.raises(NotYourCity):
        sign(page, people.puerto)


@pytest.mark.parametrize("is_admin", [False, True])
def test_one_person_never_signs_for_two_cities(send, people, cities, is_admin):
    person = people.admin if is_admin else people.both
    person.edits_for.set(cities)
    page = send(people.nowhere)

    sign(page, person)
    with pytest.raises(OnePersonOneCity):
        sign(page, person)
    sign(page, people.puerto)

    assert stored(page).live


def test_who_sends_a_page_signs_once_even_with_both_cities(send, people):
    page = send(people.both)

    with pytest.raises(OnePersonOneCity):
        sign(page, people.both)

    assert asked(page) == ["puerto"]


@pytest.mark.both
def test_an_edit_voids_what_was_signed_before(send, people):
    page = send(people.alder)
    stored(page).save_revision(user=people.puerto)

    sign(page, people.puerto)

    assert not stored(page).live
    assert asked(page) == ["alder"]
    sign(page, people.alder)
    assert stored(page).live


def test_the_author_who_edits_again_has_signed_the_new_words_by_writing_them(send, people):
    page = send(people.puerto)  # Alder Bay is asked first
    stored(page).save_revision(user=people.puerto)

    sign(page, people.alder)

    assert stored(page).live


def test_only_what_was_on_the_screen_is_signed(send, people):
    page = send(people.alder)
    seen = version_of(page)
    stored(page).save_revision(user=people.alder)

    with pytest.raises(PageHasChanged):
        approve(review_of(page), by=people.puerto, seen=seen)

    assert asked(page) == ["puerto"]


def test_what_autosave_writes_over_is_not_what_was_on_the_screen(send, people):
    page = send(people.puerto)
    draft = stored(page)
    revision = draft.save_revision(user=people.puerto)
    seen = version_of(stored(page))
    draft.save_revision(user=people.puerto, overwrite_revision=revision)

    with pytest.raises(PageHasChanged):
        approve(review_of(page), by=people.alder, seen=seen)


def test_autosave_never_writes_over_a_signed_version(send, people, third_city):
    page = send(people.alder)
    draft = stored(page)
    revision = draft.save_revision(user=people.puerto)
    sign(page, people.puerto)
    draft = stored(page)
    draft.title_en = "Something else"

    saved = draft.save_revision(user=people.puerto, overwrite_revision=revision)

    revision.refresh_from_db()
    assert saved.pk != revision.pk
    assert revision.content["title_en"] == "The harbour"
    sign(page, people.alder)
    assert not stored(page).live
    assert asked(page) == ["puerto"]


def test_a_city_passed_over_is_asked_when_autosave_gives_it_a_part(
    send, people, cities, third_city
):
    page = send(people.admin, cities[1], third_city)
    draft = stored(page)
    revision = draft.get_latest_revision()
    draft.cities.add(cities[0])

    draft.save_revision(user=people.admin, overwrite_revision=revision)
    sign(page, people.puerto)

    assert asked(page) == ["alder"]


def test_autosave_still_writes_over_a_version_nobody_signed(send, people):
    page = send(people.puerto)
    draft = stored(page)
    revision = draft.save_revision(user=people.puerto)

    saved = draft.save_revision(user=people.puerto, overwrite_revision=revision)

    assert saved.pk == revision.pk


def test_an_answered_review_is_not_answered_again(send, people, editor, cities):
    page = send(people.alder)
    review, seen = review_of(page), version_of(page)
    sign(page, people.puerto)

    with pytest.raises(ReviewIsOver):
        approve(review, by=editor(cities[1]), seen=seen)
    with pytest.raises(ReviewIsOver):
        ask_for_changes(review, by=editor(cities[1]), comment="Too late")


def test_changes_are_asked_for_with_a_reason_and_the_author_sends_it_again(send, people):
    page = send(people.alder)

    with pytest.raises(SayWhatToChange):
        ask_for_changes(review_of(page), by=people.puerto, comment="  ")
    ask_for_changes(review_of(page), by=people.puerto, comment="Falta la hora.")

    state = stored(page).current_workflow_state
    assert state.status == state.STATUS_NEEDS_CHANGES
    stored(page).save_revision(user=people.alder)
    state.resume(people.alder)
    assert asked(page) == ["puerto"]
    sign(page, people.puerto)
    assert stored(page).live


@pytest.mark.both
@pytest.mark.parametrize("reason", [Refused("Not yet."), ValidationError("Not yet.")])
def test_what_publishing_refuses_leaves_everything_as_it_was(send, people, monkeypatch, reason):
    page = send(people.alder)

    def refuse(*args, **kwargs):
        raise reason

    with monkeypatch.context() as patch:
        patch.setattr(StandardPage, "publish", refuse)
        with pytest.raises(type(reason)):
            sign(page, people.puerto)

    assert asked(page) == ["puerto"]
    assert mails("review_signed") == []
    sign(page, people.puerto)
    assert stored(page).live


def test_readers_are_asked_in_their_own_language_once_for_each_step(send, people, cities):
    people.both.language_code = "es"
    people.both.save()
    page = send(people.alder)

    assert sorted(mails("review_asked")) == sorted(
        [(people.puerto.email, "es"), (people.both.email, "es")]
    )
    subject = OutgoingMail.objects.get(kind="review_asked", to=people.puerto.email).subject
    assert subject == "Lee esto por tu ciudad: El puerto"
    review_of(page).specific.task.specific  # noqa: B018 - reading it writes nothing
    assert len(mails("review_asked")) == 2


def test_nobody_is_written_to_about_the_step_they_have_just_brought_about(send, people, cities):
    page = send(people.nowhere)

    sign(page, people.both)  # for Alder Bay; Puerto Almendro, which is theirs too, is asked next

    asked_for_puerto = mails("review_asked")[2:]
    assert asked_for_puerto == [(people.puerto.email, "es")]


def test_wagtails_own_buttons_decide_nothing(send, people):
    page = send(people.alder)
    task = page.current_workflow_task

    assert task.get_actions(page, people.puerto) == []
    assert task.get_actions(page, people.admin) == []


@pytest.mark.both
def test_a_city_that_leaves_takes_its_step_along(site):
    city = CityFactory(code="gone")
    ensure_review(site)

    city.delete()

    assert CityReviewTask.objects.count() == 3  # the two cities and "a partner city"
