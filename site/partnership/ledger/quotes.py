"""Words of other people that signed content quotes: kept apart, so that they can be let go.

What is signed holds only the SHA-256 of the words with a random salt (``Quote.digest``). As long
as both are there anybody can prove that these words were signed; when they are deleted, every
fingerprint and signature stays as it is, and nobody can find out by guessing what was quoted.
"""

from collections.abc import Iterable, Mapping

from django.db import models

from partnership.ledger.models import Quote


def name_of(thing: models.Model) -> str:
    """What a quoted thing is called: its kind and key."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def keep(texts: Mapping[str, str]) -> None:
    """Keep the words of each thing, by its name, unless they are kept already.

    The caller has locked the things: words that are let go meanwhile must not come back.
    """
    kept = digests(texts)
    for about, text in texts.items():
        if text and about not in kept:
            Quote.objects.create(about=about, text=text)


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what signed content says for each thing that is quoted with these words; one query."""
    kept = Quote.objects.filter(about__in=list(texts))
    return {quote.about: quote.digest for quote in kept if texts[quote.about] == quote.text}


def words(signed: Iterable[str]) -> dict[str, str]:
    """Return the words behind each digest that are still there, and are what was signed."""
    kept = Quote.objects.filter(digest__in=list(signed))
    return {quote.digest: quote.text for quote in kept if quote.is_intact}


def forget(thing: models.Model) -> int:
    """Let go of everything that was ever quoted of a thing; return how many quotes it were."""
    deleted, _by_model = Quote.objects.filter(about=name_of(thing)).delete()
    return deleted
