"""The handover pack: one file for whoever comes next, the same for the same data."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from frictionless import Package, system
from wagtail.models import ModelLogEntry

from home.continuity.handover import pack
from home.continuity.services import HANDED_OVER
from partnership.cities.models import City
from tests.continuity.conftest import make_people
from tests.factories.alerts import make_channel, was_tested
from tests.factories.cities import city_pair
from tests.factories.committees import make_contact
from tests.factories.consultations import make_consultation
from tests.factories.continuity import let_it_stand, make_instrument
from tests.factories.days import todays_date
from tests.factories.events import make_event
from tests.factories.pages import make_site
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_draft, make_protocol, make_version
from tests.factories.risks import make_risk
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def opened():
    return zipfile.ZipFile(BytesIO(b"".join(pack(todays_date()))))


@pytest.fixture(scope="module")
def cities(shared_db):
    make_site()
    return city_pair()


@pytest.fixture(scope="module")
def people(cities):
    return make_people(*cities)


@pytest.fixture(scope="module")
def partnership(people, cities):
    make_instrument(
        "Flood help", valid_until=todays_date() + timedelta(days=10), reference="Ord. 7"
    )
    promise = make_commitment(
        make_roadmap(),
        due_on=todays_date() - timedelta(days=1),
        title_en="A ramp",
        title_es="Una rampa",
    )
    promise.led_by.set(cities[:1])
    make_consultation(title="Water")
    make_event(title="Soup", starts_at=timezone.now() + timedelta(days=3))
    let_it_stand("limited", reason="A flood.")
    hand_on(cities)


def hand_on(cities):
    """What whoever comes next asks for on the first day."""
    make_contact("School exchanges", phone="555 0100")
    channel = make_channel(notes="The key hangs in the office.", purpose="When telephones fail")
    was_tested(channel, cities[1], todays_date() - timedelta(days=2))
    make_channel(purpose="Given up", is_retired=True)
    make_version(make_protocol("Mutual aid", kind="emergency"))
    make_draft(make_protocol("Half a protocol"))
    make_risk("A storm surge")
    make_risk("Not for readers", is_published=False)
    make_risk("Over", state="closed")


@pytest.fixture(scope="module")
def archive(partnership):
    """The pack of all that, for the tests that add nothing to it."""
    return opened()


def test_what_is_open_is_told_with_the_days_of_its_own_clock(cities):
    """At midnight in Alder Bay it closed the day before; an hour by UTC is another day far west."""
    make_consultation(closes_at=datetime(2099, 2, 1, tzinfo=UTC))
    make_event(starts_at=datetime(2099, 2, 1, 2, tzinfo=UTC), time_zone="America/Los_Angeles")

    read = opened().read("index.en.html").decode()

    assert read.count("31 January 2099") == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["Limited", "A ramp", "expires on", "Nothing in force in Puerto Almendro"]),
        ("es", ["Limitado", "Una rampa", "caduca el", "En Puerto Almendro no hay nada en vigor"]),
    ],
)
def test_its_page_says_everything_in_each_language(archive, code, words):
    page = archive.read(f"index.{code}.html").decode()

    assert [each for each in words if each not in page] == []
    shared = ("A flood.", "Flood help", "Ord. 7", "Joan Okafor", "Water", "Soup", "SECRET_KEY")
    assert [each for each in shared if each not in page] == []
    assert f'<html lang="{code}"' in page


def test_its_lists_are_tables(archive):
    tables = {
        name: archive.read(name).decode().splitlines()
        for name in ("instruments.csv", "promises.csv", "overdue.csv", "staff.csv", "open.csv")
    }

    assert tables["instruments.csv"][1].startswith("alder,ordinance,Ord. 7,2020-03-01,2020-04-01,")
    assert "alder" in tables["promises.csv"][1]
    assert "Una rampa" in tables["promises.csv"][1]
    assert {line.partition(",")[0] for line in tables["overdue.csv"][1:]} >= {
        "instruments.valid",
        "instruments.cities",
        "commitments.kept",
    }
    assert "alder,Joan Okafor,Editors,Editors" in tables["staff.csv"]
    assert [line.partition(",")[0] for line in tables["open.csv"][1:]] == ["consultation", "event"]


def test_of_people_it_holds_names_and_roles_of_staff_only(people):
    ResidentFactory(name="Rosa Vecina", email="rosa@example.org", city=None)
    archive = opened()

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    assert "Rosa Vecina" not in everything
    assert [one.email for one in vars(people).values() if one.email in everything] == []


def test_its_manifest_has_the_digest_of_every_other_file(archive):
    manifest = json.loads(archive.read("manifest.json"))

    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    others = [name for name in archive.namelist() if name != "manifest.json"]
    assert listed == {name: sha256(archive.read(name)).hexdigest() for name in others}
    assert manifest["day"] == todays_date().isoformat()


@pytest.mark.both
def test_the_same_data_make_the_same_bytes_on_the_same_day():
    assert b"".join(pack(todays_date())) == b"".join(pack(todays_date()))


def test_it_is_the_same_whatever_language_it_is_asked_for_in(people):
    people.admin.edits_for.set(City.objects.all())
    packs = set()
    for code in ("en", "es"):
        with override(code):
            packs.add(b"".join(pack(todays_date())))

    assert len(packs) == 1
    staff = opened().read("staff.csv").decode()
    assert ",Administrator,Administración" in staff


def test_a_validator_finds_nothing_wrong_with_it(archive, tmp_path):
    archive.extractall(tmp_path)

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()

    assert report.flatten(["fieldName", "rowNumber", "message"]) == []
    assert report.stats["tasks"] == 10


def test_spreadsheets_know_how_it_is_written_and_every_code_is_explained(archive):
    codebook = archive.read("codebook.csv").decode("utf-8-sig").splitlines()
    tables = [name for name in archive.namelist() if name.endswith(".csv")]

    assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in tables)
    assert "instruments,kind,ordinance,value,Ordinance,Ordenanza" in codebook
    assert "open,kind,event,value,Event,Evento" in codebook
    assert "staff,city,alder,value,Alder Bay,Alder Bay" in codebook
    assert any(line.startswith("overdue,check,commitments.kept,value,") for line in codebook)


@pytest.mark.parametrize("code", ["en", "es"])
def test_its_readme_names_each_table_with_what_it_is(archive, code):
    readme = archive.read(f"README.{code}.md").decode()

    assert "`README" not in readme
    title = {"en": "Promises to keep. 1 row.", "es": "Promesas por cumplir. 1 fila."}[code]
    assert f"- `promises.csv`: {title}" in readme


def test_it_says_whom_to_write_to_how_to_be_reached_what_holds_and_what_may_go_wrong(archive):
    def lines(name):
        return archive.read(f"{name}.csv").decode("utf-8-sig").splitlines()[1:]

    today = todays_date()
    contact = "alder,School exchanges,School exchanges,schools@alderbay.example,555 0100"
    assert lines("contacts") == [f"{contact},{today}"]
    (channel,) = lines("channels")
    assert channel.startswith("When telephones fail,When telephones fail,Channel 12,Channel 12,,,")
    assert "alder: Harbour master|puerto: Harbour master" in channel
    due, tested = today + timedelta(days=88), today - timedelta(days=2)
    assert channel.endswith(f",{due},{tested},puerto")
    (protocol,) = lines("protocols")
    assert protocol.startswith(f"emergency,1,{today},Mutual aid,Mutual aid,http")
    assert [line.split(",", 1)[1].rpartition(",")[2] for line in lines("risks")] == [
        "A storm surge",
        "Not for readers",
    ]
    assert ["true" in line.lower() for line in lines("risks")] == [True, False]


@pytest.mark.parametrize("code", ["en", "es"])
def test_its_page_says_the_same(archive, code):
    page = archive.read(f"index.{code}.html").decode()

    told = ("schools@alderbay.example", "Channel 12", "Mutual aid", "A storm surge")
    assert [each for each in told if each not in page] == []


def test_it_holds_neither_holders_nor_notes_nor_what_is_given_up(archive):
    said = "".join(archive.read(name).decode() for name in archive.namelist())

    hidden = ("Prudence", "Desmond", "The key hangs", "Given up", "Over,")
    assert [each for each in hidden if each in said] == []


def test_every_new_code_is_explained(archive):
    codebook = archive.read("codebook.csv").decode("utf-8-sig").splitlines()

    assert "contacts,city,alder,value,Alder Bay,Alder Bay" in codebook
    assert "channels,tested_by,puerto,value,Puerto Almendro,Puerto Almendro" in codebook
    assert any(line.startswith("protocols,kind,emergency,value,") for line in codebook)
    assert any(line.startswith("risks,kind,nature,value,") for line in codebook)


def test_no_cell_calculates(cities):
    make_instrument("=HYPERLINK(1)", city=cities[1])

    assert ",'=HYPERLINK(1)" in opened().read("instruments.csv").decode()


def test_the_command_writes_a_file_that_nobody_else_can_read(tmp_path):
    path = tmp_path / "handover.zip"

    call_command("handover_pack", output=str(path))

    assert path.read_bytes() == b"".join(pack(todays_date()))
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_says_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("handover_pack", output=str(tmp_path / "missing" / "handover.zip"))


def test_an_administrator_downloads_it_and_nobody_else(client, people):
    client.force_login(people.alder)
    refused = client.get(reverse("handover_pack"))
    client.force_login(people.admin)

    answer = client.get(reverse("handover_pack"))

    assert refused.status_code in {302, 403}
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_log_of_the_admin_says_who_has_a_copy(client, people):
    client.force_login(people.alder)
    client.get(reverse("handover_pack"))
    client.force_login(people.admin)
    client.head(reverse("handover_pack"))
    client.get(reverse("handover_pack"))

    entry = ModelLogEntry.objects.get(action=HANDED_OVER)
    history = client.get("/admin/reports/site-history/").content.decode()

    assert entry.user == people.admin
    assert "Handover pack downloaded" in history


def test_it_tells_of_nothing_that_is_not_published_and_of_nobody_who_left(cities):
    make_consultation(title="Half a question", live=False)
    make_event(title="Half a feast", starts_at=timezone.now() + timedelta(days=3), live=False)
    draft = make_commitment(make_roadmap(2020, live=False), title_en="Half a ramp")
    draft.led_by.set(cities[:1])
    for name, fields in (("Gone Away", {"is_active": False}), ("Not Staff", {"is_staff": False})):
        ResidentFactory(name=name, **{"is_staff": True, **fields}).edits_for.add(cities[0])
    archive = opened()

    said = "".join(archive.read(name).decode() for name in archive.namelist())

    hidden = ("Half a question", "Half a feast", "Half a ramp", "Gone Away", "Not Staff")
    assert [each for each in hidden if each in said] == []
