"""The history of the site as a file: whatever somebody called themselves calculates nothing."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from partnership.pages.models import BasePage
from tests.factories.home import make_text
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://evil.example","Ana")'


@pytest.fixture
def history(client: Client) -> str:
    """Where it is, for an administrator, after somebody with such a name was edited."""
    admin = ResidentFactory(name="Inés", is_staff=True, is_superuser=True)
    log(instance=ResidentFactory(name=FORMULA), action="wagtail.edit", user=admin)
    client.force_login(admin)
    return reverse("wagtailadmin_reports:site_history")


def test_its_csv_calculates_nothing_and_opens_as_it_is_written(
    client: Client, history: str
) -> None:
    data = b"".join(client.get(history, {"export": "csv"}))

    assert data.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    (told,) = [row for row in rows if "HYPERLINK" in row["Name"]]
    assert told["Name"] == f"'{FORMULA}"
    assert (told["Action type"], told["User"]) == ("Edit", "Inés")
    assert told["Date/Time"].endswith("+00:00")


@pytest.mark.parametrize("report", ["aging_pages", "locked_pages"])
@pytest.mark.usefixtures("site_tree")
def test_no_csv_of_another_report_calculates_what_others_wrote(
    client: Client, history: str, report: str
) -> None:
    now = timezone.now()
    page = make_text()
    BasePage.objects.filter(pk=page.pk).update(
        title=FORMULA, last_published_at=now, locked=True, locked_at=now
    )

    answer = client.get(reverse(f"wagtailadmin_reports:{report}"), {"export": "csv"})

    data = b"".join(answer).decode()
    cells = [cell for row in csv.reader(io.StringIO(data, newline="")) for cell in row]
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells


def test_its_workbook_calculates_nothing(client: Client, history: str) -> None:
    data = b"".join(client.get(history, {"export": "xlsx"}))

    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows())
    assert any(FORMULA in str(row[1].value) for row in rows)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_the_page_itself_is_wagtails(client: Client, history: str) -> None:
    page = client.get(history).content.decode()

    assert "HYPERLINK" in page
    assert "export=csv" in page


def test_it_is_for_staff(client: Client, history: str) -> None:
    client.force_login(ResidentFactory())

    assert client.get(history, {"export": "csv"}).status_code in {302, 403}
