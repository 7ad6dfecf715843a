"""A document is what its name says, whichever screen it comes in by."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from partnership.pages import document_upload
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

PAGE = b"<!doctype html><script>alert(1)</script>"
SAID = "The name ends in .{}, but inside is something else."
PDF, PACKED = b"%PDF-1.7\n", b"PK\x03\x04\x14\x00"


@pytest.fixture
def admin(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    return client


def sent(client, name, content):
    values = {
        "title": "Minutes",
        "collection": Collection.objects.get().pk,
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(reverse("wagtaildocs:add"), values)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PAGE),
        ("minutes.PDF", PACKED),
        ("table.xlsx", PAGE),
        ("text.odt", PDF),
        ("table.ods", PAGE),
        ("all.zip", PDF),
        ("words.txt", PACKED),
        ("words.csv", PDF),
        ("words.txt", b"MZ\x90\x00\x03\x00"),
    ],
)
def test_what_only_its_name_makes_a_document_is_refused(admin, name, content):
    form = sent(admin, name, content).context["form"]

    (said,) = form.errors["file"]
    assert said.startswith(SAID.format(name.rpartition(".")[2].lower()))
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PDF),
        ("table.xlsx", PACKED),
        ("text.odt", PACKED),
        ("table.ods", PACKED),
        ("all.zip", b"PK\x05\x06" + 18 * b"\0"),
        ("words.txt", "Año".encode("latin-1")),
        ("words.csv", "a;b\n".encode("utf-16")),
    ],
)
def test_what_is_what_it_says_is_kept_whole(admin, name, content):
    sent(admin, name, content)

    with Document.objects.get().file.open() as kept:
        assert kept.read() == content


def test_many_at_once_are_asked_too(admin):
    answer = admin.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": SimpleUploadedFile("minutes.pdf", PAGE)}
    )

    assert SAID.format("pdf") in json.loads(answer.content)["error_message"]
    assert not Document.objects.exists()


def test_one_that_is_too_large_is_refused_with_the_limit(admin, monkeypatch):
    monkeypatch.setattr(document_upload, "LARGEST", 2048)

    form = sent(admin, "minutes.pdf", PDF + b" " * 2048).context["form"]

    (said,) = form.errors["file"]
    assert said.startswith("This file has 2.0\xa0KB, and 2.0\xa0KB is the most.")
    assert not Document.objects.exists()
