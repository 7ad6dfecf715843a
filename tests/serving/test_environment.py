"""A wrong value stops the start and names its variable; what may be a password is never told."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.workshop.house import ROOT

#: Runs the configuration as gunicorn's first process does, and names what it would hand on.
OURS_AFTER_THE_CONFIGURATION = """
import runpy, sys
read = runpy.run_path("gunicorn.conf.py")
print(read["bind"], [name for name in sys.modules if name.startswith("partnership")])
"""

GOOD = {
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-only-for-this-test-0123456789",
    "ALLOWED_HOSTS": "partnership.example",
    "BASE_URL": "https://partnership.example",
}
READ_ANEW = ("partnership.settings.base", "partnership.settings.production")


@pytest.fixture
def start(monkeypatch) -> Callable[..., ModuleType]:
    """Read the settings of a server as if they had never been read, with these variables."""
    for name in ("DATABASE_URL", "CACHE_URL"):
        monkeypatch.delenv(name, raising=False)

    def started(**variables: str) -> ModuleType:
        for name, value in {**GOOD, **variables}.items():
            monkeypatch.setenv(name, value)
        for module in READ_ANEW:
            monkeypatch.delitem(sys.modules, module, raising=False)
        return importlib.import_module("partnership.settings.production")

    return started


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "ab" * 30),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "https://partnership.example"),
        ("ALLOWED_HOSTS", "partnership.example:443"),
        ("BASE_URL", "partnership.example"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://partnership.example/site"),
        ("BASE_URL", "https://one:two@partnership.example"),
        ("BASE_URL", "https://partnership.example:x"),
        ("TIME_ZONE", "Europe"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../UTC"),
        ("CACHE_URL", "foo"),
        ("CACHE_URL", "http://cache.example"),
        ("CACHE_URL", "redis://"),
        ("CACHE_URL", "redis://cache.example/xx"),
        ("CACHE_URL", "redis://cache.example:port/0"),
        ("CACHE_URL", "redis://cache.example/0,foo"),
        ("DATABASE_URL", "mysql://one@db.example/site"),
        ("DATABASE_URL", "postgres://one:two@db.example:abc/site"),
        ("DATABASE_URL", "postgres://one:two@db.example"),
        ("EMAIL_HOST", "mail..example"),
        ("EMAIL_HOST", "mail.example:587"),
        ("EMAIL_PORT", "99999"),
        ("EMAIL_PORT", "0"),
        ("EMAIL_USE_TLS", "yes"),
        ("DEFAULT_FROM_EMAIL", "nonsense"),
        ("DEFAULT_FROM_EMAIL", "Alder Bay, Puerto Almendro <site@partnership.example>"),
        ("DEFAULT_FROM_EMAIL", "one@partnership.example, two@partnership.example"),
        ("DEFAULT_FROM_EMAIL", "señas@partnership.example"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("HSTS_SECONDS", "-5"),
        ("HSTS_SECONDS", "a year"),
        ("HSTS_SUBDOMAINS", "yes"),
        ("HSTS_PRELOAD", "perhaps"),
        ("STAFF_SECOND_FACTOR", "yes"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(start, variable, value):
    with pytest.raises(ImproperlyConfigured, match=variable):
        start(**{variable: value})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "postgres://one:open#sesame@db.example/site"),
        ("DATABASE_URL", "postgres://one:open/sesame@db.example/site"),
        ("DATABASE_URL", "postgres://one:open?sesame@db.example/site"),
        ("DATABASE_URL", "postgres://one:open[sesame@db.example/site"),
        ("CACHE_URL", "redis://:open#sesame@cache.example/0"),
        ("CACHE_URL", "redis://:open/sesame@cache.example/0"),
        ("SECRET_KEY", "open sesame"),
    ],
)
def test_no_piece_of_a_password_is_told(start, variable, value):
    with pytest.raises(ImproperlyConfigured) as refused:
        start(**{variable: value})

    told = refused.value
    assert variable in str(told)
    assert not [word for word in ("open", "sesame") if word in str(told)]
    assert (told.__cause__, told.__context__) == (None, None)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ALLOWED_HOSTS", "partnership.example, .partner.example, 127.0.0.1, [::1]"),
        ("CACHE_URL", "redis://cache.example"),
        ("CACHE_URL", "rediss://:open%23sesame@cache.example:6379/1"),
        ("CACHE_URL", "redis://one.example:6379/0,redis://two.example:6379/0"),
        ("CACHE_URL", "unix:///run/redis/redis.sock?db=1"),
        ("DATABASE_URL", "postgres:///partnership?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql://one:open%23sesame@[::1]:5432/site"),
        ("DEFAULT_FROM_EMAIL", "Ñandú y Compañía <site@partnership.example>"),
        ("DEFAULT_FROM_EMAIL", '"Alder Bay, Puerto Almendro" <site@partnership.example>'),
        ("DEFAULT_FROM_EMAIL", "partnership@localhost"),
        ("EMAIL_HOST", "10.0.0.7"),
        ("TRUSTED_PROXY_COUNT", "0"),
        ("HSTS_SECONDS", "0"),
        ("HSTS_SUBDOMAINS", "true"),
        ("HSTS_PRELOAD", "true"),
        ("STAFF_SECOND_FACTOR", ""),
        ("STAFF_SECOND_FACTOR", "required"),
        ("EMAIL_PORT", ""),
    ],
)
def test_what_is_right_is_taken(start, variable, value):
    assert start(**{variable: value}).DEBUG is False


def test_names_below_the_sites_are_forced_to_https_only_where_it_is_said(start):
    unsaid = start()
    said = start(HSTS_SUBDOMAINS="true", HSTS_PRELOAD="true")

    assert not (unsaid.SECURE_HSTS_INCLUDE_SUBDOMAINS)
    assert not (unsaid.SECURE_HSTS_PRELOAD)
    assert said.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert said.SECURE_HSTS_PRELOAD
    assert {"security.W005", "security.W021"} <= {*unsaid.SILENCED_SYSTEM_CHECKS}


def test_days_are_counted_on_the_clock_that_is_named(start):
    assert start(TIME_ZONE="America/Denver").TIME_ZONE == "America/Denver"
    assert start(TIME_ZONE="").TIME_ZONE == "UTC"


def test_a_slash_behind_the_address_of_the_site_is_dropped(start):
    settings = start(BASE_URL="https://partnership.example/")

    assert settings.BASE_URL == "https://partnership.example"
    assert settings.CSRF_TRUSTED_ORIGINS == ["https://partnership.example"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WEB_WORKERS", "x"),
        ("WEB_THREADS", "0"),
        ("PORT", "http"),
        ("HOST", "127.0.0.1:80"),
    ],
)
def test_gunicorn_does_not_start_with_a_wrong_value(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)

    start = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--check-config"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert start.returncode == 1
    assert f"ImproperlyConfigured: {variable} must be" in start.stderr


def test_what_gunicorn_reads_first_is_read_again_after_an_update():
    told = subprocess.run(
        [sys.executable, "-c", OURS_AFTER_THE_CONFIGURATION],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "127.0.0.1:8000 []\n"


def test_a_command_says_in_one_line_that_the_database_is_away(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgres:///partnership?host={tmp_path}")

    told = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "The database does not answer as it should: " in told.stderr
    assert "Traceback" not in told.stderr


TOWN = {
    "OIDC_ISSUER": "https://login.alderbay.example/realms/town",
    "OIDC_CLIENT_ID": "sister-cities",
    "OIDC_CLIENT_SECRET": "not to be told",
    "OIDC_NAME": "Town hall account | Cuenta municipal",
    "OIDC_DOMAINS": "alderbay.example, Schools.AlderBay.example",
}
OTHER = {
    "OIDC_2_ISSUER": "https://id.puertoalmendro.example/",
    "OIDC_2_CLIENT_ID": "hermanas",
    "OIDC_2_CLIENT_SECRET": "not to be told",
    "OIDC_2_NAME": "Puerto Almendro",
    "OIDC_2_ORIGINS": "https://gate.example",
    "OIDC_2_TRUST_AMR": "true",
}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OIDC_ISSUER", ""),
        ("OIDC_ISSUER", "http://login.alderbay.example"),
        ("OIDC_ISSUER", "https://login.alderbay.example/?realm=town"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
        ("OIDC_NAME", "One|Two|Three"),
        ("OIDC_NAME", "x" * 41),
        ("OIDC_DOMAINS", "@alderbay.example"),
        ("OIDC_DOMAINS", "town"),
        ("OIDC_SCOPES", "email profile"),
        ("OIDC_ORIGINS", "https://gate.example/page"),
        ("OIDC_TRUST_AMR", "yes"),
        ("OIDC_ISUER", "https://login.alderbay.example"),
        ("OIDC_2_NAME", "Another, half told"),
    ],
)
def test_an_identity_provider_told_wrongly_or_in_part_stops_the_start(start, variable, value):
    with pytest.raises(ImproperlyConfigured) as refused:
        start(**TOWN | {variable: value})

    assert variable.removesuffix("NAME") in str(refused.value)
    assert "not to be told" not in str(refused.value)


def test_each_city_may_have_an_identity_provider_and_buttons_may_lead_there(start):
    settings = start(**TOWN, **OTHER)

    one, two = settings.IDENTITY_PROVIDERS
    assert (one.number, one.issuer) == (1, TOWN["OIDC_ISSUER"])
    assert one.names == {"en": "Town hall account", "es": "Cuenta municipal"}
    assert one.domains == {"alderbay.example", "schools.alderbay.example"}
    assert one.scopes == ("openid", "email", "profile")
    assert not one.trusts_amr
    assert (two.number, two.issuer) == (2, OTHER["OIDC_2_ISSUER"])
    assert two.names == {"en": "Puerto Almendro", "es": "Puerto Almendro"}
    assert (two.domains, two.trusts_amr) == (frozenset(), True)
    assert "not to be told" not in repr((one, two))
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == (
        "'self'",
        "https://login.alderbay.example",
        "https://id.puertoalmendro.example",
        "https://gate.example",
    )


def test_the_same_identity_provider_is_not_told_twice(start):
    with pytest.raises(ImproperlyConfigured, match="OIDC_2_ISSUER"):
        start(**TOWN, **OTHER | {"OIDC_2_ISSUER": TOWN["OIDC_ISSUER"]})


def test_without_one_buttons_lead_nowhere_else(start):
    settings = start()

    assert settings.IDENTITY_PROVIDERS == ()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == ("'self'",)
