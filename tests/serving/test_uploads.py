"""A disk that is full in the middle of an upload is left as it was."""

import errno
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from partnership.serving.uploads import WholeFiles


class Endless(ContentFile):
    """The disk is full after its first part."""

    def chunks(self, chunk_size=None):
        yield b"the first part"
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def storage(tmp_path: Path) -> WholeFiles:
    return WholeFiles(location=tmp_path)


def kept(storage: WholeFiles) -> dict[str, bytes]:
    folder = Path(storage.location)
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_file_is_kept_as_it_was_sent(storage):
    assert storage.save("images/one.txt", ContentFile(b"whole")) == "images/one.txt"
    assert storage.save("two.txt", ContentFile("words")) == "two.txt"

    assert kept(storage) == {"images/one.txt": b"whole", "two.txt": b"words"}


def test_a_full_disk_leaves_nothing_behind(storage):
    with pytest.raises(OSError, match="No space left"):
        storage.save("images/one.txt", Endless(b""))

    assert kept(storage) == {}


def test_a_name_that_is_taken_meanwhile_is_not_written_over(storage, monkeypatch):
    storage.save("one.txt", ContentFile(b"another's"))
    asked: list[str] = []

    def free(name, max_length=None):
        asked.append(name)
        return name if len(asked) == 1 else "other.txt"

    monkeypatch.setattr(storage, "get_available_name", free)

    assert storage.save("one.txt", ContentFile(b"mine")) == "other.txt"
    assert kept(storage) == {"one.txt": b"another's", "other.txt": b"mine"}
