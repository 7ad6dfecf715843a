"""Numbers and mailboxes that editors wrote are one touch away."""

import pytest
from django.utils.html import format_html

from partnership.interface.templatetags.reaching import telephone, to_reach


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("112", '<a href="tel:112">112</a>'),
        (
            "999: fire\r\n01632 960 180: council",
            '<a href="tel:999">999</a>: fire\n<a href="tel:01632960180">01632 960 180</a>: council',
        ),
        (
            "01632\xa0960\xa0100: the city",
            '<a href="tel:01632960100">01632\xa0960\xa0100</a>: the city',
        ),
        (
            "Telephone +44 1632 960 110 (day and night)",
            'Telephone <a href="tel:+441632960110">+44 1632 960 110</a> (day and night)',
        ),
        (
            "Mailbox families@exchange.example",
            'Mailbox <a href="mailto:families@exchange.example">families@exchange.example</a>',
        ),
    ],
)
def test_numbers_and_mailboxes_are_links(text, expected):
    assert to_reach(text) == expected


@pytest.mark.parametrize("text", ["Marine radio, channel 12", "Short wave, 7,105 MHz", "24 hours"])
def test_other_figures_are_left_alone(text):
    assert to_reach(text) == text


def test_what_was_typed_stays_text():
    assert to_reach("<b>112") == "&lt;b&gt;112"


def test_what_stands_in_for_a_missing_text_keeps_its_language():
    shown = to_reach(format_html('<span lang="es">{}</span>', "112: bomberos"))

    assert shown == '<span lang="es"><a href="tel:112">112</a>: bomberos</span>'


@pytest.mark.parametrize(
    ("number", "address"),
    [("+44 (0)20 7946 0199", "tel:+442079460199"), ("900 000 100, ext. 7", "tel:900000100")],
)
def test_what_is_dialled_is_the_number_alone(number, address):
    assert telephone(number) == address
