"""What comes in as a file of redirects is read to the end, or refused in words before."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect

from partnership.pages import redirect_files
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    return client


def begun(client: Client, content: bytes, name: str = "old.csv"):
    upload = SimpleUploadedFile(name, content)
    return client.post(
        reverse("wagtailredirects:start_import"), {"import_file": upload}, follow=True
    )


def workbook() -> bytes:
    """One cell, at the far end of a sheet."""
    book, out = Workbook(), BytesIO()
    book.active["XFD1048576"] = "x"
    book.save(out)
    return out.getvalue()


def test_a_list_of_addresses_is_imported(admin: Client) -> None:
    shown = begun(admin, "From,To\n/old/,https://a.example/\n/café/,https://b.example/\n".encode())
    form = shown.context["form"]
    hidden = {name: form.initial[name] for name in ("import_file_name", "input_format")}
    sent = {**hidden, "from_index": 0, "to_index": 1, "permanent": "on"}

    first = admin.post(reverse("wagtailredirects:process_import"), sent)
    again = admin.post(reverse("wagtailredirects:process_import"), sent)

    assert (first.status_code, again.status_code) == (302, 200)
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/old", "/café"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.csv", b"From,To\n/old/,/en/\n\n", "Line 3 has not as many cells"),
        ("old.csv", b"From,To\n/old/,/en/,x\n", "Line 2 has not as many cells"),
        ("old.tsv", b"From\tTo\n/old/\n", "Line 2 has not as many cells"),
        ("old.csv", b"," * 200_000, "The first line needs a heading"),
        ("old.csv", b"\n", "The first line needs a heading"),
        ("old.csv", b"a,b\n" * 2001, "2000 lines at most"),
        ("old.csv", b"x" * (redirect_files.LARGEST + 1), "2000 lines at most"),
        ("old.csv", b"From,To\n/caf\xe9/,/es/\n", "no text in UTF-8"),
        ("old.csv", b'From,To\n"' + b"x" * 140_000, "Line 2 has not as many cells"),
        ("old.xlsx", workbook(), "is not supported"),
    ],
)
def test_what_cannot_be_read_to_the_end_is_refused_in_words(
    admin: Client, name: str, content: bytes, said: str
) -> None:
    page = begun(admin, content, name)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert "dataset" not in page.context


def test_a_cell_of_any_length_is_read_and_refused_beside_its_field(admin: Client) -> None:
    shown = begun(admin, b"From,To\n/old/,/" + b"x" * 140_000 + b"\n")
    form = shown.context["form"]
    hidden = {name: form.initial[name] for name in ("import_file_name", "input_format")}
    sent = {**hidden, "from_index": 0, "to_index": 1, "permanent": "on"}

    page = admin.post(reverse("wagtailredirects:process_import"), sent)

    assert page.status_code == 200
    assert not Redirect.objects.exists()


def test_who_may_not_add_redirects_reads_none(client: Client) -> None:
    editor = ResidentFactory(is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    assert begun(client, b"From,To\n/old/\n").redirect_chain[0][0] == reverse("wagtailadmin_home")
