"""The reason something is not shown, told to its author in the author's language."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consultations.moderation.enums import STANDARD, HidingReason
from consultations.moderation.models import ReasonTemplate
from partnership.people.text_fields import is_blank

OWN = "own:"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason:
    """Words that every site has, or the partnership's own, and what the moderator adds."""

    kind: HidingReason = HidingReason.OTHER
    is_standard: bool = False
    template: ReasonTemplate | None = None
    words: str = ""

    @classmethod
    def of(cls, reason: "str | GivenReason") -> "GivenReason":
        """The moderator's own words alone are a reason, too."""
        return reason if isinstance(reason, GivenReason) else cls(words=reason)

    @classmethod
    def chosen(cls, choice: str, *, words: str = "") -> Self:
        """What ``choices()`` offered under this value; nothing chosen means words alone."""
        if choice.startswith(OWN):
            template = ReasonTemplate.objects.get(pk=int(choice.removeprefix(OWN)))
            return cls(kind=HidingReason(template.reason), template=template, words=words)
        if choice:
            return cls(kind=HidingReason(choice), is_standard=True, words=words)
        return cls(words=words)

    @property
    def is_missing(self) -> bool:
        """Whether the author would read nothing."""
        return not self.is_standard and self.template is None and is_blank(self.words)

    def in_language(self, code: str) -> str:
        """What the author reads: the words for everybody in that language, then those added."""
        with translation.override(code):
            shared = self.template.text if self.template else self._standard
        return "\n\n".join(part for part in (shared, self.words) if part)

    @property
    def _standard(self) -> str:
        return str(STANDARD.get(self.kind, "")) if self.is_standard else ""


def choices(templates: list[ReasonTemplate]) -> list[tuple[Any, Any]]:
    """What a moderator can choose: the partnership's own words first, then those of every site."""
    own = [(f"{OWN}{template.pk}", str(template)) for template in templates]
    everywhere = [(str(reason.value), reason.label) for reason in STANDARD]
    groups = [(_("Our own words"), own)] if own else []
    return [("", _("in my own words only")), *groups, (_("Words for everybody"), everywhere)]
