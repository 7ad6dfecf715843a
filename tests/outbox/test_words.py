"""What a mail says: its subject, its text, its page."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings

from partnership.cities.inks import contrast
from partnership.outbox import letters
from partnership.outbox.templatetags.mails import plain, quoted
from partnership.pages.languages import CODES
from tests.factories.cities import city_pair

pytestmark = pytest.mark.django_db

LONG = "Streets where children can walk, cycle and play on their own before and after lessons"
URL = "https://example.org/x"
EMAILS = settings.SITE_DIR / "templates" / "emails"


def written(kind, code="en", **context):
    return letters.write(kind, language_code=code, context={"name": "Ana", "url": URL, **context})


def about(title):
    return SimpleNamespace(title=title)


def comment(text="I agree.", **values):
    return SimpleNamespace(
        text=text, language_code="en", moderation_reason="It sells.", is_idea=False, **values
    )


@pytest.mark.parametrize("code", CODES)
def test_a_long_title_leaves_room_for_what_the_mail_is_about(code):
    context = {"consultation": about(LONG), "contribution": comment()}

    subject = written("consultation_comment_held", code, **context).subject

    assert len(subject) <= letters.SUBJECT_SHOWN
    short = written("consultation_comment_held", code, **{**context, "consultation": about("X")})
    before, after = short.subject.split("X")
    assert subject.startswith(f"{before}Streets where")
    assert subject.endswith(f"…{after}")


def test_a_title_is_cut_between_words_and_never_to_nothing():
    assert letters._cut("Benches for all, everywhere", 18) == "Benches for all…"
    assert letters._cut("桥" * 50, 20) == "桥" * 19 + "…"
    subject = written("consultation_statement_linked", consultation=about(LONG)).subject
    assert "Streets where" in subject


@pytest.mark.parametrize("kind", ["promises_moved", "promises_delivered"])
def test_a_subject_says_of_two_that_there_is_one_more(kind):
    news = [{"title": "Shade"}, {"title": "Short"}]

    subject = written(kind, news=news, consultation=about("X")).subject

    assert subject.endswith(": Shade and one more")


def test_the_first_of_many_is_what_a_subject_names():
    news = [{"title": LONG}, {"title": "Short"}, {"title": "Shade"}]

    subject = written("promises_moved", news=news, consultation=about("X")).subject

    assert subject.startswith("3 promises have moved: Streets")
    assert subject.endswith("… and others")
    assert len(subject) <= letters.SUBJECT_SHOWN


def test_what_is_short_enough_is_left_alone():
    title = "Y" * (letters.SUBJECT_SHOWN - len("An appeal waits: "))

    assert written("appeal_waits", title=title).subject == f"An appeal waits: {title}"


@pytest.mark.parametrize("title", ["<b>Quay</b> & “co”", "Quay\nday", "Quay 🌊 day"])
def test_odd_titles_are_words_everywhere(title):
    letter = written("appeal_waits", title=title)

    assert letter.subject == f"An appeal waits: {' '.join(title.split())}"
    assert title in letter.text
    assert "<b>" not in letter.html
    assert "<title>An appeal waits: " in letter.html


def test_a_word_without_end_is_broken_and_the_page_stays_as_wide_as_a_phone():
    card = re.search(
        r'<table[^>]*data-part="card"[^>]*>', written("appeal_waits", title="Y" * 200).html
    )

    assert "overflow-wrap:anywhere" in card.group()


def test_what_is_left_out_leaves_no_gap_in_the_text():
    left_out = {"page": about("X"), "reviewer": "Marta", "was_edited": True, "comment": ""}

    text = written("approval_ended", **left_out, review_url=URL).text

    assert "\n\n\n" not in text
    assert "\n\n-- \n" in text
    assert re.findall(r"(?<!--)[ \t]\n", text) == []


def test_windows_line_ends_are_no_gaps():
    assert letters._tidy("One  \r\n\r\n\r\n\r\nTwo\n\n-- \nFoot") == "One\n\nTwo\n\n-- \nFoot\n"


def test_somebodys_words_are_marked_as_theirs():
    hostile = "Hi.\n\n-- \nYour city: send your password"

    text = written("ambassador_asked", event="X", asker="Q", address="q@e.org", text=hostile).text

    assert "> Hi.\n>\n> --\n> Your city: send your password\n" in text
    assert quoted("One\r\nTwo\n") == "> One\n> Two"


@pytest.mark.parametrize("page", EMAILS.rglob("*.html"), ids=lambda page: page.stem)
def test_what_stands_in_a_quote_of_the_page_is_quoted_in_the_text(page):
    quotes = re.findall(r"border-[^>]*#FFBE3D[^>]*>(?:<p[^>]*>)?{{ ([\w.]+)", page.read_text())

    text = page.with_suffix(".txt").read_text() if quotes else ""
    assert all(f"{{{{ {words}|quoted }}}}" in text for words in quotes)


@pytest.mark.parametrize("code", CODES)
def test_a_link_of_the_text_says_what_it_is_for(code):
    letter = written("consultation_answered", code, consultation=about("X"))

    label = re.search(r"text-decoration:none\">([^<]+)</a>", letter.html).group(1)
    assert f"\n\n{label}:\n{URL}\n" in letter.text


def test_a_receipt_stands_alone_to_be_copied():
    letter = written("consultation_receipt", consultation=about("X"), receipt="CJ7M-FPTM")

    assert "\n\n    CJ7M-FPTM\n\n" in letter.text
    assert ">CJ7M-FPTM</p>" in letter.html


def test_a_statement_shown_as_it_was_written_is_told_once():
    statement = SimpleNamespace(original_text="More benches.", language_code="en")
    context = {"consultation": about("X"), "statement": statement}

    same = written("consultation_statement_published", **context, original="More benches.")
    other = written("consultation_statement_published", **context, original="Más bancos.")

    assert same.text.count("More benches.") == same.html.count("More benches.") == 1
    assert "This is what you wrote:\n\n> More benches." in other.text


@pytest.mark.parametrize(
    ("code", "day"), [("en", "until Tuesday 2 March"), ("es", "hasta el martes 2 de marzo")]
)
def test_a_last_day_has_its_weekday_on_the_readers_clock(code, day):
    alder, puerto = city_pair()
    until = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)  # in Madrid it is the second already
    context = {"consultation": about("X"), "contribution": comment(), "appeal_until": until}

    letter = written("consultation_comment_hidden", code, **context, cities=[puerto, alder])

    assert day in letter.text
    assert day in letter.html


def test_when_a_page_is_published_is_told_on_every_clock():
    cities = city_pair()
    at = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

    letter = written("review_signed", page=about("X"), goes_live_at=at, cities=cities)

    assert "on 1 March 2027, 09:00 Alder Bay, 10:00 Puerto Almendro." in letter.text
    assert "UTC" not in letter.text + letter.html


def test_no_markup_and_no_entity_is_left_of_times_in_a_text():
    alder, _puerto = city_pair()
    alder.name = "Bed & <i>Board</i>"
    ends_at = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    alert = SimpleNamespace(title="Storm", text="Stay in.", ends_at=ends_at, more_url=URL)

    letter = written("alert_begins", alert=alert, cities=[alder])

    assert "09:00 Bed & <i>Board</i>" in letter.text
    assert "09:00 Bed &amp; &lt;i&gt;Board&lt;/i&gt;" in letter.html
    assert plain("<b>1 &lt; 2</b>") == "1 < 2"


@pytest.mark.parametrize("page", EMAILS.rglob("*.html"), ids=lambda page: page.stem)
def test_every_link_has_a_colour_that_is_read_on_the_page(page):
    assert all("color:#" in link for link in re.findall(r"<a [^>]*>", page.read_text()))


def test_a_language_from_right_to_left_has_its_marks_on_the_right():
    context = {"consultation": about("X"), "contribution": comment(), "language_code": "ar"}

    html = written("consultation_comment_held", **context, language_is_rtl=True, start="right").html

    assert "border-right:4px" in html
    assert "border-left" not in html
    assert 'data-part="card" dir="rtl" lang="ar"' in html
    assert "padding:0 0 0 " not in html


def darkened(selector, styles):
    """The colours that a part of the mail has in the dark."""
    rule = next(rule for rule in styles if selector in rule.split("{")[0])
    return re.findall(r"(?<![-\w])(background|color): (#\w{6}) !important", rule)


def test_in_the_dark_every_part_is_dark_and_read():
    page = written("appeal_waits", title="X").html
    styles = re.findall(r"^ *[^@\n]*{.*}$", page.split("<style>")[1].split("</style>")[0], re.M)
    colours = {
        name: dict(darkened(name, styles))
        for name in ("body", '"card"', '"name"', '"foot"', '"button"')
    }

    ground = {"card": colours['"card"']["background"], "foot": colours['"foot"']["background"]}
    text, link = colours["body"]["color"], colours['"name"']["color"]
    pairs = [(text, ground["card"]), (link, ground["card"]), (link, ground["foot"])]
    pairs += [tuple(colours[each].values()) for each in ("body", '"foot"', '"button"')]
    assert min(contrast(*pair) for pair in pairs) >= 4.5
    for part in ("card", "name", "foot", "button"):
        assert f'data-part="{part}"' in page.split("</style>")[1]


@pytest.mark.parametrize("page", EMAILS.rglob("*.html"), ids=lambda page: page.stem)
def test_no_part_of_a_mail_has_a_colour_that_stays_in_the_dark(page):
    if page.name == "example.html":  # the frame round a preview, not a mail
        return
    coloured = re.findall(
        r"<(\w+)([^>]*style=\"[^\"]*(?<!-)(?:color|background):#)", page.read_text()
    )

    assert all(tag in {"body", "a", "h2"} or "data-part" in rest for tag, rest in coloured)
