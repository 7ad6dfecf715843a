"""A cache in trouble is an empty cache, never an error."""

import errno
import os
import socket
import stat
import time
from pathlib import Path

import pytest

from partnership.serving import backends
from partnership.serving.backends import FailSoftFileCache, FailSoftRedisCache


@pytest.fixture(autouse=True)
def _rested(monkeypatch):
    """No Redis of an earlier test was in trouble a moment ago."""
    monkeypatch.setattr(backends.RestingClient, "rests_until", 0.0)


def full_disk(tmp_path: Path) -> FailSoftFileCache:
    """A folder that cannot be made, because a file stands there."""
    (tmp_path / "disk").write_text("full")
    return FailSoftFileCache(str(tmp_path / "disk" / "cache"), {})


def dead_redis(tmp_path: Path) -> FailSoftRedisCache:
    """A server nobody listens on."""
    return FailSoftRedisCache("redis://127.0.0.1:1/0", {})


@pytest.mark.parametrize("make", [full_disk, dead_redis])
def test_a_cache_in_trouble_behaves_as_an_empty_one(make, tmp_path):
    broken = make(tmp_path)

    broken.set("key", "value")

    assert broken.get("key") is None
    assert broken.get("key", "instead") == "instead"
    assert broken.has_key("key") is False
    assert broken.delete("key") is False
    assert broken.touch("key") is False
    assert broken.get_many(["key"]) == {}
    assert broken.get_or_set("key", "made") == "made"
    assert broken.clear() in {None, False}


@pytest.mark.parametrize("make", [full_disk, dead_redis])
def test_locks_are_given_and_attempts_counted_as_the_first_when_the_store_is_down(make, tmp_path):
    broken = make(tmp_path)

    assert broken.add("lock", True) is True
    assert broken.incr("attempts") == 1


def test_the_folder_is_private_and_the_one_above_is_left_to_the_web_server(tmp_path):
    before = os.umask(0o027)
    try:
        FailSoftFileCache(str(tmp_path / "var" / "cache" / "pages"), {}).set("key", "value")
    finally:
        os.umask(before)

    made = [tmp_path / "var", tmp_path / "var" / "cache" / "pages"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o750, 0o700]


@pytest.mark.parametrize(("rest", "attempts"), [(60, 1), (0, 3)])
def test_a_redis_that_hangs_is_asked_once_and_then_left_alone(rest, attempts, monkeypatch, caplog):
    monkeypatch.setattr(backends, "REST", rest)
    patience = {"socket_timeout": 0.02, "socket_connect_timeout": 0.02}

    with socket.create_server(("127.0.0.1", 0)) as hanging:
        address = f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"
        store = FailSoftRedisCache(address, {"OPTIONS": patience})
        found = [store.get("key", "instead") for _question in range(3)]

    assert found == ["instead"] * 3
    assert len(caplog.records) == attempts


def test_a_cut_off_file_is_a_miss_and_can_be_written_again(tmp_path):
    store = FailSoftFileCache(str(tmp_path), {})
    store.set("key", "value" * 100)
    [kept] = tmp_path.glob("*.djcache")
    kept.write_bytes(kept.read_bytes()[:-20])

    assert store.get("key") is None

    store.set("key", "again")
    assert store.get("key") == "again"


def test_what_cannot_be_written_any_more_is_at_least_not_what_it_was(tmp_path, monkeypatch):
    def no_space(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    store = FailSoftFileCache(str(tmp_path), {})
    store.set("version", "old")
    monkeypatch.setattr("tempfile.mkstemp", no_space)

    store.set("version", "new")

    assert store.get("version") is None


def test_one_of_many_gets_the_lock(tmp_path, run_in_threads):
    got = run_in_threads(
        lambda number: FailSoftFileCache(str(tmp_path), {}).add("lock", 1), times=8
    )

    assert sorted(got) == [False] * 7 + [True]


def test_attempts_of_many_workers_are_all_counted(tmp_path, run_in_threads):
    store = FailSoftFileCache(str(tmp_path), {})
    store.set("attempts", 0)

    def attempt(number: int) -> None:
        for _time in range(10):
            FailSoftFileCache(str(tmp_path), {}).incr("attempts")

    run_in_threads(attempt, times=4)

    assert store.get("attempts") == 40


@pytest.mark.parametrize("seconds", [1800, None])
def test_what_is_counted_lives_as_long_as_it_would_have(seconds, tmp_path):
    store = FailSoftFileCache(str(tmp_path), {"TIMEOUT": 300})
    store.add("attempts", 0, seconds)
    before = store._seconds_left("attempts", None)

    counted = [store.incr("attempts"), store.incr("attempts", 2)]

    assert counted == [1, 3]
    assert store._seconds_left("attempts", None) == pytest.approx(before, abs=5)


def test_what_is_not_there_is_not_counted(tmp_path):
    store = FailSoftFileCache(str(tmp_path), {})
    store.add("attempts", 0, 0)

    with pytest.raises(ValueError, match="not found"):
        store.incr("attempts")


def test_the_number_of_files_stays_within_reach_of_the_limit(tmp_path):
    store = FailSoftFileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 60}})

    for number in range(300):
        store.set(f"key-{number}", number)

    assert len(list(tmp_path.glob("*.djcache"))) <= 60 + FailSoftFileCache.CULL_EVERY


def test_a_dead_redis_is_given_up_on_quickly(tmp_path):
    started = time.monotonic()

    dead_redis(tmp_path).get("key")

    assert time.monotonic() - started < 5
