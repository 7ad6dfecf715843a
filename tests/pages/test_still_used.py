"""Nothing that something else stands on is deleted, and whoever tries reads what stands on it."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import ReferenceIndex

from events.boards.models import Board
from events.drills.models import AfterActionReview
from partnership.pages.models import Photo
from partnership.people.services import keep_admin_language
from tests.factories.boards import make_board
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.events import in_every_language
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    admin = ResidentFactory(is_staff=True, is_superuser=True, language_code="es")
    keep_admin_language(admin)
    client.force_login(admin)
    return admin


def board_that_wagtail_does_not_know():
    """Made before the index of references was; what is in it Wagtail refuses by itself."""
    board = make_board(title="Shade street")
    ReferenceIndex.objects.all().delete()
    return board


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_photo_that_a_board_shows_is_kept(client, admin):
    board = board_that_wagtail_does_not_know()
    address = reverse("wagtailimages:delete", args=(board.drawing_id,))

    answer = client.post(address)

    assert answer["Location"] == address
    assert told(answer) == [f"No se puede eliminar mientras esto lo necesite: lámina ({board})"]
    assert Photo.objects.filter(pk=board.drawing_id).exists()


def test_several_photos_at_once_and_from_a_script(client, admin):
    loose, board = make_photo("Loose"), board_that_wagtail_does_not_know()
    together = reverse("wagtail_bulk_action", args=("pages", "photo", "delete"))

    at_once = client.post(f"{together}?id={loose.pk}&id={board.drawing_id}")
    by_script = client.post(
        reverse("wagtailimages:delete_multiple", args=(board.drawing_id,)),
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert at_once.status_code == 302
    assert by_script.status_code == 409
    assert "lámina" in by_script.content.decode()
    assert Photo.objects.filter(pk__in=(loose.pk, board.drawing_id)).count() == 2


def test_a_review_whose_actions_go_on_is_kept(client, admin):
    drill = make_drill("Call")
    for number in range(5):
        words = in_every_language("text", f"Action {number}")
        make_action(make_observation(drill), due=date(2026, 5, 1), **words)
    address = reverse("after_action_reviews:delete", args=(drill.review.pk,))

    [words] = told(client.post(address))

    assert words.count("Action") == 3  # the others are told when these are gone
    assert words.endswith("(Action 2), …")
    assert "Action 2" in client.get(address).content.decode()
    assert AfterActionReview.objects.filter(pk=drill.review.pk).exists()


def test_what_nothing_needs_goes(client, admin):
    photo = make_photo("Loose")

    client.post(reverse("wagtailimages:delete", args=(photo.pk,)))

    assert not Photo.objects.filter(pk=photo.pk).exists()


def test_an_error_of_ours_elsewhere_is_not_hidden(client, admin, monkeypatch):
    def fails(*_arguments, **_words):
        raise ProtectedError("", set(Board.objects.all()))

    monkeypatch.setattr("partnership.interface.context.cities", fails)

    with pytest.raises(ProtectedError):
        client.get("/en/search/?q=school")
