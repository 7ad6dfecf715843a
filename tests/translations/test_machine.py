"""The machine translator, against a server of ours that can be good, slow, rude or broken."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from consultations.models import Contribution
from consultations.translations import machine, translating
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.machine import (
    LibreTranslate,
    NothingTranslated,
    TranslatorUnavailable,
    tag,
    translator,
)
from consultations.translations.models import Translation
from consultations.translations.services import keep_machine_text
from consultations.translations.translating import translate_waiting
from consultations.translations.words_of import digest_of
from partnership.env import env_url
from partnership.outbox import clock
from tests.factories.consultations import ContributionFactory
from tests.factories.translations import TranslationFactory

pytestmark = pytest.mark.django_db

Answer = Callable[[BaseHTTPRequestHandler, dict], object]


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except OSError:  # we hung up on it
        handler.close_connection = True


def good(handler: BaseHTTPRequestHandler, body: dict) -> None:
    said = {"translatedText": f"[{body['target']}] {body['q']}"}
    reply(handler, 200, json.dumps(said).encode())


def says(body: bytes, status: int = 200) -> Answer:
    return lambda handler, _asked: reply(handler, status, body)


class StandIn:
    """A translator on this machine that writes down what it was asked and answers as told."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.answer: Answer = good
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stand_in.asked.append({"path": self.path, **body})
                stand_in.answer(self, body)

            def do_GET(self) -> None:
                stand_in.asked.append({"path": self.path})
                reply(self, 200, b'{"translatedText": "Hola."}')

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stand_in(settings) -> Iterator[StandIn]:
    server = StandIn()
    settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY = server.url, ""
    yield server
    server.close()


def ask(stand_in: StandIn, text: str = "Hello.", key: str = "") -> str:
    return LibreTranslate(stand_in.url, key).translate(text, source="en", target="pt-br")


# The client --------------------------------------------------------------------------------


def test_it_asks_as_libretranslate_wants_to_be_asked(stand_in):
    said = ask(stand_in, key="secret")

    assert said == "[pt-BR] Hello."
    assert stand_in.asked == [
        {
            "path": "/translate",
            "q": "Hello.",
            "source": "en",
            "target": "pt-BR",
            "format": "text",
            "api_key": "secret",
        }
    ]


def test_without_a_key_it_sends_none(stand_in):
    ask(stand_in)

    assert "api_key" not in stand_in.asked[0]


@pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 500, 503])
def test_a_translator_that_refuses_cannot_be_used_now(stand_in, status):
    stand_in.answer = says(b'{"error": "no"}', status)

    with pytest.raises(TranslatorUnavailable):
        ask(stand_in)


def test_a_text_it_does_not_take_says_nothing_about_the_next(stand_in):
    stand_in.answer = says(b'{"error": "en is not supported"}', 400)

    with pytest.raises(NothingTranslated):
        ask(stand_in)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>It works!</html>", b"[]", b"null", b"{}", b'{"translatedText": 5}',
        b'{"translatedText": null}', b'{"translatedText": ["x"]}', b'{"translatedText": ""}',
        b'{"translatedText": " \\u200b "}', b'{"translatedText": "\\ud800"}',
        b'{"translatedText": "a\\u0000b"}', b'{"translatedText": " Hello. "}', b"\xff\xfe",
        b"[" * 20_000, b'{"translatedText": "' + b"x" * 4000 + b'"}',
    ],
)  # fmt: skip
def test_garbage_is_no_translation(stand_in, body):
    stand_in.answer = says(body)

    with pytest.raises(NothingTranslated):
        ask(stand_in)


def test_what_would_harm_is_taken_out(stand_in):
    stand_in.answer = says(json.dumps({"translatedText": "a\u202eb\x07c\r\nd"}).encode())

    assert ask(stand_in) == "abc\nd"


def test_a_huge_answer_is_not_read_to_its_end(stand_in):
    stand_in.answer = says(b"x" * 50_000_000)

    with pytest.raises(NothingTranslated, match="too large"):
        ask(stand_in)


def test_a_slow_translator_is_given_up(stand_in, monkeypatch):
    monkeypatch.setattr(machine, "PATIENCE", 0.2)
    stand_in.answer = lambda handler, asked: (time.sleep(0.6), good(handler, asked))

    with pytest.raises(TranslatorUnavailable):
        ask(stand_in)


def test_a_dripping_translator_is_given_up(stand_in, monkeypatch):
    monkeypatch.setattr(machine, "PATIENCE_IN_ALL", 0.3)

    def drip(handler: BaseHTTPRequestHandler, _asked: dict) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _number in range(20):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return
            time.sleep(0.1)

    stand_in.answer = drip

    with pytest.raises(TranslatorUnavailable, match="too long"):
        ask(stand_in)


def test_nobody_there():
    with pytest.raises(TranslatorUnavailable):
        LibreTranslate("http://127.0.0.1:9").translate("Hello.", source="en", target="es")


def test_words_go_to_no_other_address(stand_in):
    elsewhere = StandIn()
    stand_in.answer = lambda handler, _asked: reply(
        handler, 302, b"", Location=f"{elsewhere.url}/translate"
    )

    with pytest.raises(TranslatorUnavailable):
        ask(stand_in)

    elsewhere.close()
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("code", "sent"), [("es", "es"), ("pt-br", "pt-BR"), ("zh-hans", "zh-Hans")]
)
def test_languages_are_named_as_translators_name_them(code, sent):
    assert tag(code) == sent


# The setting -------------------------------------------------------------------------------


def test_there_is_no_machine_unless_the_site_was_given_one():
    ContributionFactory()

    assert translator() is None
    assert translate_waiting() == 0


@pytest.mark.parametrize("value", ["example.org", "ftp://example.org", "http://", "http://x:y/"])
def test_an_address_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("TRANSLATOR_URL", value)

    with pytest.raises(ImproperlyConfigured, match="TRANSLATOR_URL"):
        env_url("TRANSLATOR_URL")


def test_the_address_loses_its_last_slash(monkeypatch):
    monkeypatch.setenv("TRANSLATOR_URL", "https://translate.example.org/")

    assert env_url("TRANSLATOR_URL") == "https://translate.example.org"


# The clock ---------------------------------------------------------------------------------


def test_the_clock_has_published_comments_translated_and_labels_them(stand_in):
    shown = ContributionFactory(text="A bench.", language_code="en")
    ContributionFactory(text="Waits.", publication_status="pending")
    (task,) = [entry for entry in clock.entries() if entry.task is translate_waiting]

    task.run()

    made = Translation.objects.get()
    assert (made.contribution, made.language_code, made.text) == (shown, "es", "[es] A bench.")
    assert (made.origin, made.status) == (Origin.MACHINE, TranslationStatus.ACCEPTED)
    assert [entry["q"] for entry in stand_in.asked] == ["A bench."]


def test_what_is_translated_is_not_asked_again(stand_in):
    ContributionFactory()
    TranslationFactory()

    rounds = [translate_waiting(), translate_waiting()]

    assert rounds == [1, 0]
    assert len(stand_in.asked) == 1


def test_an_edited_original_is_translated_again(stand_in):
    TranslationFactory()
    Contribution.objects.update(text="Something else.")

    translate_waiting()

    accepted = Translation.objects.accepted().get()
    assert (accepted.text, accepted.origin) == ("[es] Something else.", Origin.MACHINE)


def test_a_text_nothing_is_made_of_waits_for_a_day_and_keeps_no_other_up(stand_in):
    ContributionFactory(text="Fine.")
    ContributionFactory(text="Strange.")
    stand_in.answer = lambda handler, asked: (
        reply(handler, 400, b"{}") if asked["q"] == "Strange." else good(handler, asked)
    )

    rounds = [translate_waiting(), translate_waiting()]
    asked = [entry["q"] for entry in stand_in.asked]
    Translation.objects.filter(status="refused").update(decided_at="2020-01-01T00:00Z")
    stand_in.answer = good
    a_day_later = translate_waiting()

    assert rounds == [1, 0]
    assert asked == ["Strange.", "Fine."]
    assert a_day_later == 1


def test_a_translator_in_trouble_rests(stand_in):
    for _number in range(3):
        ContributionFactory()
    stand_in.answer = says(b"", 503)

    rounds = [translate_waiting(), translate_waiting()]

    assert rounds == [0, 0]
    assert len(stand_in.asked) == 1
    assert not Translation.objects.exists()


def test_a_round_ends_in_time_for_the_mail(stand_in, monkeypatch):
    monkeypatch.setattr(translating, "ROUND_SECONDS", 0)
    for _number in range(3):
        ContributionFactory()

    rounds = [translate_waiting() for _round in range(4)]

    assert rounds == [1, 1, 1, 0]


def test_a_person_who_was_quicker_keeps_the_place():
    shown = TranslationFactory(text="Persona.")

    kept = keep_machine_text(
        shown.contribution,
        language_code="es",
        text="Máquina.",
        source_digest=shown.source_digest,
    )

    assert kept is None
    assert Translation.objects.get().text == "Persona."


@pytest.mark.parametrize("change", [{"text": "Changed."}, {"publication_status": "hidden"}])
def test_words_that_changed_while_the_machine_worked_get_nothing(change):
    contribution = ContributionFactory()
    made_from = digest_of(contribution)
    Contribution.objects.update(**change)

    kept = keep_machine_text(
        contribution, language_code="es", text="Máquina.", source_digest=made_from
    )

    assert kept is None
    assert not Translation.objects.exists()
