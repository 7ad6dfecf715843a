"""A sentence in another language than the page says so, wherever an element may stand."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import Context, Origin, Template, engines
from django.template.loader import render_to_string
from django.utils import translation

from partnership.interface.catalogues import is_translated, language_of, said_in
from partnership.interface.framing import GROUPS, links_in_the_foot

OURS = str(settings.SITE_DIR / "templates" / "made_up.html")
UNKNOWN = "A sentence that nobody translated"
IN_ENGLISH = f'<span lang="en">{UNKNOWN}</span>'


def shown(source: str, language: str, name: str = OURS, **values: object) -> str:
    engine = engines["django"].engine
    template = Template("{% load i18n %}" + source, Origin(name), engine=engine)
    with translation.override(language):
        return template.render(Context(values))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>{% translate UNKNOWN %}</p>", f"<p>{IN_ENGLISH}</p>"),
        ("<p>{% translate UNKNOWN %} <b>x</b></p>", f"<p>{IN_ENGLISH} <b>x</b></p>"),
        ("<p>{% translate UNKNOWN %}{% if 1 %}<b>x</b>{% endif %}</p>",
         f"<p>{IN_ENGLISH}<b>x</b></p>"),
        ("<p>{% blocktranslate %}A {{ word }}{% endblocktranslate %}</p>",
         '<p><span lang="en">A &lt;b&gt;</span></p>'),
        ("<p>{% blocktranslate count n=2 %}{{ n }} no{% plural %}2 noes{% endblocktranslate %}</p>",
         '<p><span lang="en">2 noes</span></p>'),
        ('<nav aria-label="{% translate UNKNOWN %}"></nav>', f'<nav aria-label="{UNKNOWN}"></nav>'),
        ('<a title="{% translate UNKNOWN %}{% if 1 %}!{% endif %}">x</a>',
         f'<a title="{UNKNOWN}!">x</a>'),
        ("<title>{% translate UNKNOWN %}</title>", f"<title>{UNKNOWN}</title>"),
        ("<option>{% translate UNKNOWN %}</option>", f"<option>{UNKNOWN}</option>"),
        ("{% block title %}{% translate UNKNOWN %}{% endblock %}<p></p>", f"{UNKNOWN}<p></p>"),
        ("{% translate UNKNOWN as words %}<p>{{ words }}</p>", f"<p>{UNKNOWN}</p>"),
        ("{% translate UNKNOWN %}", UNKNOWN),
        ("<p>{% translate 'Roadmap' %}</p>", "<p>Hoja de ruta</p>"),
    ],
)  # fmt: skip
def test_only_a_text_between_tags_is_wrapped(source, expected):
    source = source.replace("UNKNOWN", f'"{UNKNOWN}"')

    assert shown(source, "es", word="<b>") == expected


def test_the_direction_is_told_where_it_turns():
    source = f'<p>{{% translate "{UNKNOWN}" %}}</p>'

    assert shown(source, "ar") == f'<p><span lang="en" dir="ltr">{UNKNOWN}</span></p>'


@pytest.mark.parametrize(
    "name", [str(Path(OURS).with_suffix(".txt")), "/elsewhere/wagtailadmin/home.html"]
)
def test_plain_text_and_other_peoples_templates_are_left_alone(name):
    assert shown(f'<p>{{% translate "{UNKNOWN}" %}}</p>', "es", name) == f"<p>{UNKNOWN}</p>"


@pytest.mark.parametrize(
    ("active", "message", "context", "language"),
    [
        ("es", "Roadmap", "", "es"),
        ("en", "Roadmap", "", "en"),
        ("es", UNKNOWN, "", "en"),
        ("es", "%(days)s day left", "", "es"),
        ("es", "%(number)s%%", "percentage: where the sign stands", "es"),
        ("de", "%(number)s%%", "percentage: where the sign stands", "en"),
        ("de", "This field is required.", "", "de"),
    ],
)
def test_the_language_of_a_sentence_is_the_catalogues_that_has_it(
    active, message, context, language
):
    with translation.override(active):
        assert language_of(message, context) == language
        assert is_translated(message, context) is (language == active)


@pytest.mark.parametrize(("language", "marked"), [("en", ""), ("fr", ' lang="en"')])
def test_a_heading_of_the_foot_says_when_it_is_in_another_language(language, marked):
    with translation.override(language):
        column = {"title": "About this site", "language": language_of("About this site")}
        foot = render_to_string("components/footer.html", {"footer_links": [column]})

    assert f'<h2 id="foot-1"{marked}>About this site</h2>' in foot


@pytest.mark.parametrize(("language", "marked"), [("en", ""), ("fr", ' lang="en"')])
def test_what_rooms_link_in_the_foot_stands_in_groups_that_do_the_same(language, marked):
    with translation.override(language):
        links = links_in_the_foot([])
        foot = BeautifulSoup(
            render_to_string("components/footer.html", {"links": links}), "html.parser"
        )

    groups = foot.select("nav.foot-links > div")
    assert [group.h2.text for group in groups] == list(GROUPS[1:])  # nobody warns of anything
    assert groups[2].a["href"] == f"/{language}/search/"
    assert str(groups[0].h2) == f"<h2{marked}>Stay in touch</h2>"
    assert f'"{marked}>Atom feed</a>' in str(groups[0])


@pytest.mark.parametrize(
    ("active", "words", "language"),
    [
        ("fr", "Consultations", "en"),
        ("fr", "Nos consultations", "fr"),
        ("es", "Consultas", "es"),
        ("en", "Consultations", "en"),
    ],
)
def test_a_title_that_a_new_site_was_begun_with_is_in_the_language_of_its_words(
    active, words, language
):
    with translation.override(active):
        assert said_in(words) == language


@pytest.mark.parametrize(("language", "marked"), [("en", ""), ("fr", ' lang="en"')])
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("components/masthead.html", lambda link: {"main_nav": [link]}),
        (
            "components/footer.html",
            lambda link: {"footer_links": [{"links": [link]}]},
        ),
    ],
)
def test_a_link_of_the_menu_says_when_it_is_in_another_language(name, shown, language, marked):
    with translation.override(language):
        link = {"title": "Events", "language": said_in("Events"), "url": "/x/"}
        html = render_to_string(name, shown(link))

    assert f'<a href="/x/"{marked}>Events</a>' in html
