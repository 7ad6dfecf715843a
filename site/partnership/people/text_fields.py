"""What strangers type, made safe to store, show and export."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnership.mailboxes import spelled

# They turn round the text that follows them, the site's own included.
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Everything a person cannot type and a spreadsheet cannot hold; tab and line break stay.
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# A scheme, words with a dot and no space between them, or a path behind a dot; no e-mail address.
LIKE_A_WEB_ADDRESS = re.compile(
    r"://|(?<![\w@.-])\w[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?!\w)|\w\.\w+/"
)
# "Ma.Luisa": a short word and one more behind a dot; both must begin with a capital letter.
SHORT_AND_DOT = re.compile(r"(?<![\w@.-])([^\W\d_]{2,3}\.)(?=([^\W\d_]{3,}))")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LINE_BREAK = re.compile("\r\n?|\u2028|\u2029")
#: Categories of characters that leave no mark on the page: format, control, separators.
INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
# Letters and signs by category, but drawn as nothing.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces, zero-width and blank characters only."""
    return all(
        unicodedata.category(character) in INVISIBLE
        or character in BLANK_LETTERS
        or "\ufe00" <= character <= "\ufe0f"
        for character in text
    )


def plain(text: str, *, lines: bool = False) -> str:
    """Return the text composed (NFC) and without what only harms; line breaks if asked for.

    Raises ValidationError for NUL and lone surrogates, which no database keeps.
    """
    if UNSTORABLE.search(text):
        raise ValidationError(
            _("This text contains a character that cannot be stored. Please type it again."),
            code="unstorable",
        )
    text = LINE_BREAK.sub("\n", text)
    text = CONTROLS.sub("", BIDI_CONTROLS.sub("", text))
    if not lines:
        text = re.sub(r"[\n\t]+", " ", text)
    text = unicodedata.normalize("NFC", text)
    return "" if is_blank(text) else text


class PlainTextField(forms.CharField):
    """The text field of every public form.

    With a Textarea it keeps line breaks; otherwise they become spaces. What is only
    zero-width or blank counts as empty. Lengths are counted after that.
    """

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, empty_value="", **kwargs)
        self.validators = [
            validator
            for validator in self.validators
            if not isinstance(validator, MaxLengthValidator)
        ]
        if max_length is not None:
            self.validators.append(_Shorter(max_length))

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        text = plain(str(value), lines=isinstance(self.widget, forms.Textarea))
        return text.strip() if self.strip else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength on a text area: browsers cut what is pasted and say nothing."""
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            attrs.pop("maxlength", None)
        return attrs


class NameField(PlainTextField):
    """What somebody is called, which mails tell people who do not know them: no web address.

    Mail programs make a link of what looks like one, and it would come from the cities. Initials
    stay; what else stands behind a dot stands behind a space, too. We write it ourselves where
    a name is shortened ("Ma.Luisa", "Fco.Javier"): with the space nothing is an address.
    """

    def to_python(self, value: Any) -> str:
        return SHORT_AND_DOT.sub(_with_a_space, super().to_python(value))

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if LIKE_A_WEB_ADDRESS.search(value):
            raise ValidationError(
                _("Write a name, not a web address. After a dot leave a space."), code="no_name"
            )


def _with_a_space(found: re.Match[str]) -> str:
    is_name = found[1][0].isupper() and found[2][0].isupper()
    return f"{found[1]} " if is_name else found[1]


class MailboxField(forms.EmailField):
    """An address, in the one spelling of its mailbox before anything is asked of it."""

    def to_python(self, value: Any) -> str:
        return spelled(super().to_python(value))


class _Shorter(MaxLengthValidator):
    message = ngettext_lazy(
        "Please make it shorter: at most %(limit_value)d character (now %(show_value)d).",
        "Please make it shorter: at most %(limit_value)d characters (now %(show_value)d).",
        "limit_value",
    )
