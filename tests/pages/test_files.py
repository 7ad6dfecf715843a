"""Whose a photograph or a document is, asked at every door of the editing screens."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.permissions import policy_registry

from partnership.pages.photos import Photo
from tests.factories.events import make_event
from tests.factories.reports import make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

KINDS = {"photo": "wagtailimages", "document": "wagtaildocs"}


def make_file(kind, uploader=None):
    if kind == "photo":
        return make_photo(uploaded_by_user=uploader)
    return Document.objects.create(
        title="Minutes", file=ContentFile(b"words", "minutes.txt"), uploaded_by_user=uploader
    )


def show(page, file):
    """Show the file on the page, above its text."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    if isinstance(file, Photo):
        fresh.cover_photo = file
    else:
        fresh.body_en = [
            ("downloads", {"heading": "", "files": [{"label": "It", "document": file}]})
        ]
    fresh.save()


def may(person, file, action="change"):
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_permission_for_instance(
        type(person).objects.get(pk=person.pk), action, file
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("whose", "own", "others"),
    [("alder", True, False), ("joint", True, True), (None, True, True)],
)
def test_what_a_city_shows_is_changed_by_its_editors(editor, pages, kind, whose, own, others):
    file = make_file(kind)
    if whose:
        show(getattr(pages, whose), file)

    for action in ("change", "delete"):
        assert may(editor("alder"), file, action) == own
        assert may(editor("puerto"), file, action) == others
    assert may(editor("puerto"), file, "choose")


@pytest.mark.parametrize("kind", KINDS)
def test_what_both_show_is_changed_by_whoever_brought_it_in_and_their_colleagues(
    editor, pages, kind
):
    uploader = editor("alder")
    file = make_file(kind, uploader)
    show(pages.alder, file)
    show(pages.puerto, file)

    assert may(uploader, file)
    assert may(editor("alder"), file)
    assert not may(editor("puerto"), file)
    assert may(editor("alder", "puerto"), file)


def test_a_picture_beside_another_citys_event_is_theirs(editor, cities):
    photo = make_photo()
    event = make_event(cities=[cities[1]])
    event.cover_photo = photo
    event.save()

    assert not may(editor("alder"), photo)
    assert may(editor("puerto"), photo)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("door", ["edit", "delete"])
def test_the_screens_of_another_citys_file_are_closed(
    client, unwritten, editor, pages, kind, method, door
):
    file = make_file(kind)
    show(pages.puerto, file)
    client.force_login(editor("alder"))

    response = getattr(client, method)(reverse(f"{KINDS[kind]}:{door}", args=(file.pk,)))

    assert response.status_code in {302, 403}
    assert type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_many_at_once_leave_another_citys_file_alone(client, unwritten, editor, pages, kind):
    file, free = make_file(kind), make_file(kind)
    show(pages.puerto, file)
    client.force_login(editor("alder"))
    names = (file._meta.app_label, file._meta.model_name, "delete")

    client.post(f"{reverse('wagtail_bulk_action', args=names)}?id={file.pk}&id={free.pk}")

    assert list(type(file).objects.all()) in ([file], [file, free])
