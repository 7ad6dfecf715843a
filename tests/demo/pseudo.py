"""A language in which every sentence of ours is marked, and what is written without a mark."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import dates
from django.utils.text import Truncator
from wagtail.fields import StreamField

OPENING, CLOSING = "⟦", "⟧"
#: Attributes that readers see or hear.
SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title")
UNSEEN = frozenset({"script", "style", "template"})
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
#: The rooms whose rows are content; the names of models and permissions are not.
ROOMS = frozenset(
    {
        "alerts",
        "ambassadors",
        "analysis",
        "archive",
        "boards",
        "cities",
        "committees",
        "consultations",
        "continuity",
        "delivery",
        "disputes",
        "drafts",
        "drills",
        "events",
        "home",
        "media_kit",
        "initiatives",
        "knowledge",
        "live_questions",
        "maps",
        "news",
        "official",
        "pages",
        "parity",
        "partner_voices",
        "partners",
        "people",
        "promises",
        "protocols",
        "registrations",
        "reports",
        "reviews",
        "risks",
        "roadmap",
        "translations",
    }
)
BREAKS = re.compile(
    r"\s+y\s+|[\s\u00a0]*[·,:;()\[\]“”«»\"'’!?¿¡.…/&@|<>=•–—+%€$£-]+[\s\u00a0]*|\n+"
)
TAG = re.compile(r"<[^>]+>")
MARKED = re.compile(rf"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
TEXTS = (models.CharField, models.TextField, models.JSONField, StreamField)
#: What Django itself puts around the figures of a date.
OF_DATES = frozenset({"de", "del", "a", "las", "la", "h", "hs"})


def write_catalogue(readable: Path, routes: Path, folder: Path, language: str) -> None:
    """Compile a catalogue that marks every message; addresses and figures stay as they are."""
    marked, addresses = polib.POFile(), polib.pofile(routes)
    marked.metadata = addresses.metadata
    for entry in polib.pofile(readable):
        is_kept = _is_route(entry) or entry.msgid.isdecimal()
        marked.append(_kept(entry, addresses) if is_kept else _marked(entry))
    target = folder / language / "LC_MESSAGES"
    target.mkdir(parents=True)
    marked.save_as_mofile(str(target / "django.mo"))


def _is_route(entry: polib.POEntry) -> bool:
    files = [file for file, _line in entry.occurrences]
    return bool(files) and all(Path(file).name == "urls.py" for file in files)


def _kept(entry: polib.POEntry, addresses: polib.POFile) -> polib.POEntry:
    found = addresses.find(entry.msgid)
    said = found.msgstr if found else entry.msgid
    return polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=said)


def _marked(entry: polib.POEntry) -> polib.POEntry:
    one = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt)
    if entry.msgid_plural:
        one.msgid_plural = entry.msgid_plural
        one.msgstr_plural = {n: mark(entry.msgid_plural) for n in range(3)}
    else:
        one.msgstr = mark(entry.msgid)
    return one


def mark(words: str) -> str:
    return f"{OPENING}{words}{CLOSING}"


class Reader(HTMLParser):
    """Collects every piece of text a reader sees or hears, in the language of the page."""

    def __init__(self, page: str, language: str) -> None:
        super().__init__()
        self.language = language
        #: The elements that are open, and whether what is in them counts.
        self.inside: list[tuple[str, bool]] = []
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        is_ours = given.get("lang", self.language) == self.language
        counts = self._counts() and tag not in UNSEEN and is_ours
        if tag not in VOID:
            self.inside.append((tag, counts))
        if counts:
            self.found += [given[name] for name in SPOKEN if name in given]
        if tag == "meta" and given.get("name") == "description":
            self.found.append(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and tag in {name for name, _counts in self.inside}:
            if self.inside.pop()[0] == tag:
                return

    def handle_data(self, text: str) -> None:
        if self._counts():
            self.found.append(text)

    def _counts(self) -> bool:
        return all(counts for _name, counts in self.inside)


class Content:
    """What comes from the database, in the language that is read, cut into pieces."""

    def __init__(self, language: str, more: Iterable[str] = ()) -> None:
        self.language = language
        self.pieces = set(more)
        others = {code for code, _name in settings.LANGUAGES} - {language}
        for model in (one for one in apps.get_models() if one._meta.app_label in ROOMS):
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, TEXTS)
                and not field.attname.endswith(tuple(f"_{code}" for code in others))
            ]
            for row in model._base_manager.values_list(*names) if names else ():
                for text in words_in(row):
                    plain = TAG.sub("\n", unescape(text))
                    self.pieces |= {*pieces_of(plain), *pieces_of(first_words(plain))}
        self.pieces |= {str(name).casefold() for _code, name in settings.LANGUAGES}

    def lacks(self, text: str) -> Iterator[str]:
        """Yield the pieces of the text that are neither marked nor from the database."""
        rest = text
        while MARKED.search(rest):
            rest = MARKED.sub("\n", rest)
        for piece in pieces_of(rest):
            if piece not in self.pieces and not is_date(piece):
                yield piece


def first_words(text: str) -> str:
    """Return what links call a longer text by, for whoever hears them one after the other."""
    return Truncator(text).words(8)


def words_in(value: object) -> Iterator[str]:
    """Yield every text in a row, a list, a text made of blocks."""
    value = value.raw_data if hasattr(value, "raw_data") else value
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from words_in(list(value.values()))
    elif isinstance(value, Iterable):
        for part in value:
            yield from words_in(part)


def pieces_of(text: str) -> Iterator[str]:
    for piece in BREAKS.split(text.replace("\\n", "\n")):
        words = " ".join(piece.split()).casefold()
        if re.search(r"[^\W\d_]{2,}", words):
            yield words


def is_date(piece: str) -> bool:
    """Whether these are only figures, months, weekdays and the small words between them."""
    names = {str(name).casefold() for table in _NAMES for name in table.values()}
    return all(word.isdecimal() or word in names | OF_DATES for word in piece.split())


_NAMES = (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.WEEKDAYS, dates.WEEKDAYS_ABBR)


def unmarked(page: str, content: Content) -> list[str]:
    """Return what a reader would find untranslated on the page."""
    return list(content.lacks("\n".join(Reader(page, content.language).found)))
