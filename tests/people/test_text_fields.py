"""What strangers type."""

import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.registrations.forms import GuestSignUpForm
from home.ambassadors.forms import AmbassadorForm, GuestQuestionForm
from partnership.people.details import DetailsFields
from partnership.people.guest_forms import GuestFields
from partnership.people.text_fields import NameField, PlainTextField, is_blank, plain

LINE = PlainTextField(max_length=10, required=False)
LINES = PlainTextField(max_length=10, required=False, widget=forms.Textarea)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana  ", "Ana"),
        ("Ana\r\nOlmo", "Ana Olmo"),
        ("cafe\u0301", "café"),
        ("\u202eAna\u202c\u2066", "Ana"),
        ("a\x07b", "ab"),
        ("\u200b\u200d\ufeff", ""),
        ("\u3164\u2800", ""),
        ("\t\n ", ""),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("می\u200cروم", "می\u200cروم"),
        ("<b>&amp;", "<b>&amp;"),
        (None, ""),
    ],
)
def test_a_line_is_kept_without_what_only_harms(typed: str, kept: str):
    assert LINE.clean(typed) == kept


def test_a_text_area_keeps_its_lines():
    assert LINES.clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


@pytest.mark.parametrize("typed", ["a\x00b", "\ud800", "a\udfff"])
def test_what_no_database_keeps_is_refused(typed: str):
    with pytest.raises(ValidationError, match="cannot be stored"):
        LINE.clean(typed)


def test_too_long_is_said_with_both_numbers_counted_as_the_reader_counts():
    assert LINES.clean("123\r\n567\r\n90") == "123\n567\n90"

    with pytest.raises(ValidationError, match=r"at most 10 characters \(now 11\)"):
        LINE.clean("12345678901")


@pytest.mark.parametrize(
    "typed",
    [
        *("You won: https://evil.example", "Ana www.evil.example", "evil.com", "EVIL.COM"),
        *("Win t.co/x", "Evil.Com", "win.shop", "Bit.Ly", "Ma.Luisa.Com", "Www.Evil.Com"),
        "ma.luisa",
    ],
)
def test_a_name_is_no_web_address_that_mails_would_make_a_link_of(typed: str):
    with pytest.raises(ValidationError, match="not a web address"):
        NameField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["J.R.R. Olmo", "M.ª Ángeles", "Dr. Ana", "Ana/Eva", "O'Neil Jr."]
)
def test_initials_and_dots_stay_in_a_name(typed: str):
    assert NameField().clean(typed) == typed


@pytest.mark.parametrize("typed", ["Ma.Luisa Gil", "MA.LUISA", "Mª.José", "Ana y Fco.Javier"])
def test_a_shortened_name_needs_no_space_behind_its_dot(typed: str):
    assert NameField().clean(typed) == typed.replace(".", ". ")


def test_whoever_is_named_to_others_by_mail_has_a_name():
    asked = {form: form.base_fields for form in (GuestFields, DetailsFields, GuestSignUpForm)}
    asked |= {form: form.base_fields for form in (AmbassadorForm, GuestQuestionForm)}
    names = [
        field
        for fields in asked.values()
        for name, field in fields.items()
        if name in {"name", "first_name", "guardian_name"}
    ]

    assert len(names) == 6
    assert all(isinstance(field, NameField) for field in names)


def test_blank_counts_as_empty_where_something_is_required():
    required = PlainTextField(error_messages={"required": "Write something."})

    with pytest.raises(ValidationError, match="Write something"):
        required.clean("\u200b \u2060")


def test_browsers_cut_no_pasted_text_silently():
    assert "maxlength" not in LINES.widget.attrs
    assert LINE.widget.attrs["maxlength"] == "10"


@given(st.text())
def test_whatever_is_typed_is_either_refused_or_safe(typed: str):
    try:
        kept = plain(typed, lines=True)
    except ValidationError:
        return

    assert kept == plain(kept, lines=True)
    assert kept == unicodedata.normalize("NFC", kept)
    assert kept == "" or not is_blank(kept)
    assert not set(kept) & {"\x00", "\u202e", "\r", "\x1b"}
    kept.encode()
