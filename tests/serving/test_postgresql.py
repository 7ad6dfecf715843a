"""What the site asks of PostgreSQL, whose own settings are not ours to choose."""

import pytest
from django.db import connection

from partnership.databases import from_url


def test_no_query_is_compiled_before_it_runs():
    options = from_url("postgres://site@db.example/site")["OPTIONS"]["options"]

    assert "-c jit=off" in options
    assert "-c statement_timeout=30000" in options


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of PostgreSQL")
def test_the_server_does_as_it_is_asked():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)
