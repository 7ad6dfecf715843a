"""What the codebook shows of each theme: how many texts, and how far its readers agree."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from consultations.analysis.agreement import krippendorffs_alpha
from consultations.analysis.models import CodedText, Theme, ThemeAnnotation
from consultations.models import ConsultationPage

Key = tuple[int | None, int | None]


@dataclass(frozen=True)
class ThemeFigures:
    """A theme, the texts that more than half of their readers put under it, and the agreement."""

    theme: Theme
    texts: int
    alpha: float | None


@dataclass(frozen=True)
class Codebook:
    """Every theme with its figures; how many texts were read, and by two people at least."""

    themes: tuple[ThemeFigures, ...]
    read: int
    read_twice: int


def codebook_of(consultation: ConsultationPage) -> Codebook:
    """Return the codebook with its figures; three queries for any number of texts and themes."""
    themes = list(Theme.objects.filter(consultation=consultation).in_order())
    readers = CodedText.objects.of(consultation).still_there().readers_by_text()
    said: dict[int, Counter[Key]] = defaultdict(Counter)
    rows = ThemeAnnotation.objects.of(consultation).order_by()
    for theme, comment, answer in rows.values_list(
        "theme_id", "coded__contribution_id", "coded__answer_id"
    ):
        said[theme][comment, answer] += 1
    return Codebook(
        tuple(_figures(theme, said[theme.pk], readers) for theme in themes),
        read=len(readers),
        read_twice=sum(number > 1 for number in readers.values()),
    )


def _figures(theme: Theme, said: Mapping[Key, int], readers: Mapping[Key, int]) -> ThemeFigures:
    texts = sum(2 * said.get(key, 0) > number for key, number in readers.items())
    units = (
        {True: said.get(key, 0), False: number - said.get(key, 0)}
        for key, number in readers.items()
    )
    return ThemeFigures(theme, texts, krippendorffs_alpha(units))
