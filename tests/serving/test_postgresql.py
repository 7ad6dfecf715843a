"""What the site asks of PostgreSQL, whose own settings are not ours to choose."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from consultations.finding import COMMENTS
from partnership.databases import from_url
from partnership.pages.finding import matching
from partnership.pages.words import wanted_of


def test_no_query_is_compiled_before_it_runs():
    options = from_url("postgres://site@db.example/site")["OPTIONS"]["options"]

    assert "-c jit=off" in options
    assert "-c statement_timeout=30000" in options


def test_options_of_ones_own_are_added_to_ours():
    url = "postgres://site@db.example/site?options=-c%20statement_timeout%3D60000&sslmode=require"
    options = from_url(url)["OPTIONS"]

    assert options["options"].endswith("-c jit=off -c statement_timeout=60000")
    assert options["sslmode"] == "require"


def test_what_stands_after_the_question_mark_is_told_to_the_programs_of_backups_too():
    query = "host=/run/pg&port=5433&user=ana&password=p%26q&sslmode=require"
    place = from_url(f"postgres:///site?{query}")

    arguments, environment = DatabaseClient.settings_to_cmd_args_env(place, [])

    assert arguments == ["psql", "-U", "ana", "-h", "/run/pg", "-p", "5433", "site"]
    assert environment == {"PGPASSWORD": "p&q", "PGSSLMODE": "require"}


def test_a_port_that_is_none_is_refused_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="port"):
        from_url("postgres:///site?host=/run/pg&port=five")


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of PostgreSQL")
def test_the_server_does_as_it_is_asked():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of PostgreSQL")
def test_the_server_follows_the_last_of_two_options():
    own = from_url("postgres:///site?options=-c%20statement_timeout%3D60000")["OPTIONS"]
    again = connection.copy()
    again.settings_dict["OPTIONS"] |= own
    with again.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        limit = cursor.fetchone()
        cursor.execute("SHOW jit")
        compiler = cursor.fetchone()
    again.close()

    assert (limit, compiler) == (("1min",), ("off",))


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite asks for all words at once")
def test_a_text_is_made_plain_once_however_many_words_are_looked_for():
    wanted = wanted_of("zebra crossing at the school", "en")

    assert str(matching(COMMENTS, wanted, "en").query).count("UNACCENT(CASE") == 1
