"""Words shown in another language than the page's, marked so that screen readers pronounce them.

Where a text does not exist in the reader's language another one stands in. On the pages readers
see it comes as a ``Foreign`` string, which writes its own ``<span lang>`` into a template; in the
admin, in mails, feeds and files it is a plain string.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language_info
from modeltranslation.fields import TranslationFieldDescriptor
from modeltranslation.translator import translator

from partnership.pages.languages import CODES, active, localized

_marking: ContextVar[bool] = ContextVar("marking", default=False)


class Foreign(str):
    """Words in another language than the page they stand on; ``lang`` is theirs."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, words: str, lang: str) -> "Foreign":
        made = super().__new__(cls, words)
        made.lang = lang
        return made

    def __html__(self) -> SafeString:
        return format_html(
            '<span lang="{}" dir="{}">{}</span>',
            self.lang,
            direction(self.lang),
            conditional_escape(str(self)),
        )


class Enumeration(str):
    """Words in a row, such as "this and that", of which each keeps its own mark."""

    __slots__ = ("words",)
    words: tuple[tuple[str, ...], str]

    def __new__(cls, words: Iterable[str], last_word: str) -> "Enumeration":
        in_order = tuple(words)
        made = super().__new__(cls, get_text_list(list(in_order), last_word))
        made.words = in_order, last_word
        return made

    def __html__(self) -> SafeString:
        in_order, last_word = self.words
        marked_up: list[str] = [conditional_escape(word) for word in in_order]
        return SafeString(get_text_list(marked_up, conditional_escape(last_word)))


def direction(code: str) -> str:
    """Return how the language is written: ltr or rtl."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def language_shown(thing: Any, name: str) -> str:
    """Return in which language a field is shown to the reader: theirs, or the one standing in."""
    order = (active(), *(code for code in CODES if code != active()))
    return next((code for code in order if getattr(thing, localized(name, code))), active())


def in_own_language(texts: Mapping[str, str]) -> Any:
    """The text as the reader knows it; a language that joined later has another stand in."""
    code = next((code for code in (active(), *texts) if texts.get(code)), active())
    words = texts.get(code, "")
    return words if code == active() else Foreign(words, code)


@contextmanager
def marked() -> Iterator[None]:
    """While a page for readers is made, words of other languages are marked."""
    token = _marking.set(True)
    try:
        yield
    finally:
        _marking.reset(token)


class MarkingDescriptor(TranslationFieldDescriptor):
    """Modeltranslation's, whose fallback says in which language it is."""

    def __get__(self, instance: Any, owner: Any) -> Any:
        words = super().__get__(instance, owner)
        if instance is None or not words or type(words) is not str or not _marking.get():
            return words
        shown = language_shown(instance, self.field.name)
        return words if shown == active() else Foreign(words, shown)


def mark_foreign_words() -> None:
    """Let every translated text say its language; call it once all models are registered."""
    for model in translator.get_registered_models(abstract=False):
        for name in translator.get_options_for_model(model).all_fields:
            known = model.__dict__.get(name)
            if type(known) is TranslationFieldDescriptor:
                marking = MarkingDescriptor(
                    known.field,
                    known.fallback_languages,
                    known.fallback_value,
                    known.fallback_undefined,
                )
                setattr(model, name, marking)
