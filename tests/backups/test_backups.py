"""A backup is written while the site runs, and put back whole; whoever was erased stays erased."""

import gzip
import io
import stat
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from consultations.models import Contribution, Vote
from consultations.services import vote
from partnership.backups import archive, services
from partnership.ledger import append_only
from partnership.people import erased, erasure, guests
from partnership.people.erasure import ERASE, erase, erase_guest
from partnership.people.models import GuestContact, Participant, Resident
from partnership.people.tokens import issue
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A VAR_DIR and a MEDIA_ROOT of the test's own; backups lie in its folder ``backups``."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "media")
    return tmp_path / "backups"


def back_up(*options):
    told = io.StringIO()
    call_command("backup", *options, stdout=told)
    return Path(told.getvalue().splitlines()[-1])


def restore(file, *options):
    told = io.StringIO()
    call_command("restore", str(file), *options, stdout=told)
    return told.getvalue()


DETAILS = guests.GuestDetails(
    email="ana@olmo.example", name="Ana Olmo", city=None, language_code="en"
)


def everything():
    """How many rows each table has."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - our own tables
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.both
def test_what_was_there_is_back_to_the_last_row_and_upload():
    words = ContributionFactory(text="Benches, please.")
    statement = StatementFactory(consultation=words.consultation)
    for _person in range(3):
        vote(statement, participant=make_participant(), choice="agree")
    default_storage.save("documents/plan.txt", ContentFile(b"The plan."))
    before = everything()
    file = back_up()
    Contribution.objects.update(text="Spoilt.")
    Vote.objects.all().delete()
    default_storage.delete("documents/plan.txt")

    told = restore(file, "--force")

    assert everything() == before
    assert append_only.check(databases=[connection.alias]) == []
    assert Contribution.objects.get().text == "Benches, please."
    assert default_storage.open("documents/plan.txt").read() == b"The plan."
    assert told == "Everything is back. Start the web server and the clock again.\n"


def test_what_a_link_among_the_uploads_leads_to_is_not_taken_along(tmp_path):
    default_storage.save("photo.jpg", ContentFile(b"light"))
    (tmp_path / "secret_key").write_text("canary")
    (tmp_path / "media" / "link").symlink_to(tmp_path / "secret_key")

    with tarfile.open(back_up()) as tar:
        names = tar.getnames()

    assert "media/photo.jpg" in names
    assert "media/link" not in names


def test_who_was_erased_since_is_erased_again():
    staying, leaving = ResidentFactory(), ResidentFactory()
    words = ContributionFactory(participant=Participant.objects.of(leaving), text="My words.")
    file = back_up()
    erase(leaving, keep_words=False, email=leaving.email, form_token=issue(ERASE))
    Resident.objects.update(is_staff=True)

    told = restore(file, "--force")

    assert "Erased since it was made, and erased again: 1." in told
    assert list(Resident.objects.all()) == [staying]
    assert Participant.objects.get(pk=words.participant_id).is_former
    assert not Contribution.objects.filter(text="My words.").exists()


def test_a_guest_who_was_erased_as_an_account_is_erased_as_the_guest_of_before():
    guest = guests.recognise(DETAILS)
    file = back_up()
    account = ResidentFactory(email=DETAILS.email)
    erase(account, keep_words=True, email=account.email, form_token=issue(ERASE))

    restore(file, "--force")

    assert not GuestContact.objects.exists()
    assert Participant.objects.get(pk=guest.pk).is_former


def test_who_came_again_after_being_erased_stays():
    guest = guests.recognise(DETAILS)
    erase_guest(guest, email=DETAILS.email, keep_words=True, form_token=issue(ERASE))
    again = guests.recognise(DETAILS)
    file = back_up()

    restore(file, "--force")

    assert GuestContact.objects.get().participant == again


def test_an_erasure_that_does_not_happen_is_not_noted(monkeypatch):
    leaving = ResidentFactory()
    monkeypatch.setattr(erasure, "public_forgotten", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase(leaving, keep_words=True, email=leaving.email, form_token=issue(ERASE))

    assert erased.noted() == {}


def test_nobody_else_reads_it_and_the_old_ones_go(folder):
    old = folder / (timezone.now() - timedelta(days=36)).strftime(services.NAMED)
    young = folder / (timezone.now() - timedelta(days=34)).strftime(services.NAMED)
    other = folder / "partnership.tar.gz"
    folder.mkdir()
    for path in (old, young, other):
        path.touch()

    file = back_up()

    assert sorted(folder.iterdir()) == sorted((young, other, file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("laid", ["file", "link"])
def test_what_lies_where_it_is_written_is_not_written_into(folder, laid, tmp_path, monkeypatch):
    monkeypatch.setattr(services, "NAMED", "partnership.tar.gz")
    theirs = tmp_path / "theirs"
    theirs.touch(mode=0o644)
    folder.mkdir()
    partial = folder / "partnership.tar.partial"
    partial.hardlink_to(theirs) if laid == "file" else partial.symlink_to(theirs)

    file = services.back_up(folder)

    assert theirs.read_bytes() == b""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_site_is_replaced_only_when_that_is_said():
    file = back_up()
    newcomer = ResidentFactory()

    with pytest.raises(CommandError, match="Nothing was changed: there is a site here"):
        restore(file)

    assert Resident.objects.get() == newcomer


@pytest.mark.parametrize("spoil", ["cut", "change", "no_tar", "escape", "missing"])
def test_what_is_no_whole_backup_changes_nothing(tmp_path, spoil):
    default_storage.save("documents/plan.txt", ContentFile(b"The plan."))
    file, broken = back_up(), tmp_path / "broken.tar.gz"
    SPOIL[spoil](file, broken)
    somebody = ResidentFactory()

    with pytest.raises(CommandError, match="Nothing was changed: "):
        restore(broken, "--force")

    assert Resident.objects.get() == somebody
    assert not (tmp_path / "escaped.txt").exists()
    assert [path.name for path in tmp_path.glob(".backup-*")] == []


def cut(file, broken):
    broken.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def change(file, broken):
    content = gzip.decompress(file.read_bytes())
    broken.write_bytes(gzip.compress(content.replace(b"The plan.", b"The  plan", 1)))


def escape(_file, broken):
    with tarfile.open(broken, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("media/../../escaped.txt"), io.BytesIO())


SPOIL = {
    "cut": cut,
    "change": change,
    "no_tar": lambda _file, broken: broken.write_text("Hello"),
    "escape": escape,
    "missing": lambda _file, broken: None,
}


def test_a_file_that_is_not_there_is_told_in_words(tmp_path):
    missing = tmp_path / "missing.tar.gz"

    with pytest.raises(CommandError) as refused:
        call_command("restore", str(missing))

    said = f"Nothing was changed: {missing} is no whole backup: No such file or directory"
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({"database": "oracle"}, "it is of oracle"),
        ({"languages": ["de", "pl"]}, "Set PARTNER_LANGUAGES=de,pl first"),
        ({"key": "another"}, "another SECRET_KEY"),
    ],
)
def test_what_does_not_fit_here_is_refused_with_what_to_do(monkeypatch, differing, told):
    real = archive.write
    monkeypatch.setattr(
        archive, "write", lambda *parts, told: real(*parts, told={**told, **differing})
    )
    file = back_up()

    with pytest.raises(CommandError, match=told):
        restore(file)
