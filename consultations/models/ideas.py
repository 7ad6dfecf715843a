"""The form of an idea's words, and where ideas are.

The words of an idea are one text: its title, an empty line, and what there is to say about it.
So whatever keeps words of residents (translations, earlier wordings, quotes, the queue) keeps
both; readers' pages take them apart.
"""

from typing import Any

LONGEST_TITLE = 120
#: Together with its title it is no longer than the longest comment.
LONGEST_IDEA = 1850


def joined(title: str, text: str) -> str:
    """Return the words of an idea as one text; the title is one line."""
    return f"{' '.join(title.split())}\n\n{text.strip()}".strip()


def apart(words: str) -> tuple[str, str]:
    """Return the title and the text of such words, also of a translation of them."""
    title, _line, text = words.strip().partition("\n")
    return title.strip(), text.strip()


def title_of(words: str) -> str:
    """Return the title alone, cut where a translation or a note has a longer first line."""
    return apart(words)[0][:LONGEST_TITLE]


class IdeaAddresses:
    """Where residents' ideas of a consultation are."""

    _address_of: Any  # the page's own

    @property
    def ideas_url(self) -> str:
        """Where residents' ideas are read, in the active language."""
        return str(self._address_of("consultation_ideas"))

    @property
    def write_idea_url(self) -> str:
        """Where an idea is written, in the active language."""
        return str(self._address_of("consultation_write_idea"))
