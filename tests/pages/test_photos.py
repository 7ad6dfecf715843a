"""What may come in as a photograph, tried with real bytes through the admin's own form."""

import errno
import struct
import zlib
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import Collection

from partnership.pages.models import Photo
from partnership.pages.small_pictures import small_picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning"),  # that is the test
]

HIDDEN = b"<?php echo 'hidden'; ?><script>alert(1)</script>"
DAMAGED = "This file is damaged or is no photograph. Save it again as JPEG or PNG and retry."


def picture(kind="JPEG", size=(320, 200), mode="RGB", **options):
    """Return the bytes of a picture with noise in it, so that it does not shrink to nothing."""
    out = BytesIO()
    noise = Pillow.effect_noise(size, 60).convert(mode)
    noise.save(out, format=kind, **options)
    return out.getvalue()


def with_place():
    exif = Pillow.Exif()
    exif[0x010F] = "Camera of Ana"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (36.0, 43.0, 12.0)
    return picture(exif=exif)


def bomb(width=11_000, height=11_000):
    """Return a PNG of 121 megapixels in a few kilobytes."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )  # fmt: skip

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (height * (1 + width // 8)), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.fixture
def upload(client, editor):
    """Return a function that sends a file as an editor and gives the answer."""
    client.force_login(editor("alder"))

    def send(name, content, kind="image/jpeg"):
        return client.post(
            reverse("wagtailimages:add"),
            {
                "title": "The school street",
                "file": SimpleUploadedFile(name, content, kind),
                "description_en": "Children on a street",
                "description_es": "Una calle con niñas y niños",
                "collection": Collection.get_first_root_node().pk,
            },
        )

    return send


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", picture()),
        ("a.jpeg", picture(mode="L")),
        ("a.png", picture("PNG", mode="RGBA")),
        ("a.webp", picture("WEBP")),
    ],
)
def test_photographs_come_in(upload, name, content):
    response = upload(name, content)

    photo = Photo.objects.get()
    assert response.status_code == 302
    assert (photo.width, photo.height) == (320, 200)
    assert photo.description_es == "Una calle con niñas y niños"


def test_the_place_and_the_camera_do_not_come_in(upload):
    upload("place.jpg", with_place())

    with Photo.objects.get().file.open() as stored:
        content = stored.read()
    assert b"Camera of Ana" not in content
    assert not Pillow.open(BytesIO(content)).getexif()


def test_what_is_hidden_behind_a_picture_does_not_come_in(upload):
    upload("polyglot.jpg", picture() + HIDDEN)

    with Photo.objects.get().file.open() as stored:
        assert HIDDEN not in stored.read()


def test_a_picture_on_its_side_is_set_upright(upload):
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter

    upload("turned.jpg", picture(exif=exif))

    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (200, 320)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.jpg", picture()[:2_000]),
        ("cut.png", picture("PNG")[:2_000]),
        ("page.jpg", HIDDEN),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("drawing.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
        ("moving.gif", picture("GIF", mode="P")),
        ("moving.jpg", picture("GIF", mode="P")),
        ("bomb.png", bomb()),
        ("empty.jpg", b""),
    ],
)
def test_everything_else_is_refused_with_a_message(upload, name, content):
    response = upload(name, content)

    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert not Photo.objects.exists()


def test_a_cut_photograph_is_called_damaged(upload):
    response = upload("cut.jpg", picture()[:2_000])

    assert response.context["form"].errors["file"] == [DAMAGED]


@pytest.mark.parametrize(("content", "taken"), [(picture(), True), (picture()[:2_000], False)])
def test_many_at_once_come_through_the_same_door(client, editor, content, taken):
    client.force_login(editor("alder"))

    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "Street",
            "files[]": SimpleUploadedFile("street.jpg", content, "image/jpeg"),
            "collection": Collection.get_first_root_node().pk,
        },
    ).json()

    assert (answer["success"], Photo.objects.exists()) == (taken, taken)


def test_the_description_is_what_a_screen_reader_says():
    photo = Photo(title="street.jpg", description_en="Children", description_es="Niñas y niños")

    assert photo.default_alt_text == "Children"


# A full disk ----------------------------------------------------------------------------------


@pytest.fixture
def full_disk(photo, monkeypatch):
    def no_space(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Photo, "generate_rendition_file", no_space)


@pytest.fixture
def photo():
    file = SimpleUploadedFile("bridge.jpg", picture())
    return Photo.objects.create(title="Bridge", file=file, description_en="A bridge")


def test_while_the_disk_is_full_a_page_lacks_the_picture_and_nothing_else(photo, full_disk):
    template = Template("{% load wagtailimages_tags %}{% image photo width-100 %}")
    row = SimpleNamespace(photo=photo)

    assert 'alt="A bridge"' in template.render(Context({"photo": photo}))
    assert 'alt="A bridge"' in small_picture(row, "photo", "width-100")


def test_whoever_keeps_a_size_is_told_that_the_disk_is_full(photo, full_disk):
    with pytest.raises(OSError, match="No space left") as told:
        photo.get_rendition("width-100")

    assert told.value.errno == errno.ENOSPC  # which the page of the error asks
