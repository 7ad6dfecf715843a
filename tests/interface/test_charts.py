"""Charts: numbers in, SVG with attributes out, nothing else gets through."""

from pathlib import Path
from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string

from partnership.interface.templatetags.charts import (
    bar,
    dumbbell,
    meeting_bar,
    share_of,
    shares,
    stackbar,
)

ALDER, PUERTO, THIRD = (SimpleNamespace(letter=letter) for letter in "abc")


def test_a_share_stays_between_none_and_all():
    assert [share_of(*pair) for pair in ((1, 4), (5, 4), (None, 4), (1, 0), (1, None))] == [
        25.0,
        100.0,
        0.0,
        0.0,
        0.0,
    ]


def test_a_bar_knows_its_inks_only():
    assert 'class="bar-b" width="85%"' in bar(85, "b")
    assert 'class="bar-ink"' in bar(85, '"><script>')


def test_answers_stack_up_in_order():
    svg = stackbar("a", 78, 14, 8)

    assert '<rect class="sa" width="78%"' in svg
    assert 'fill="url(#hatch-a)" x="78%" width="14%"' in svg
    assert '<rect class="sa-l" x="92%" width="8%"' in svg


def test_the_line_says_what_the_verdict_says_however_near_the_marks_are():
    near = [{"city": ALDER, "agree": 28}, {"city": PUERTO, "agree": 31}]
    far = [{"city": ALDER, "agree": 54}, {"city": PUERTO, "agree": 91}]

    assert 'class="gap-line" x1="54%" x2="91%"' in dumbbell(far, "common")
    assert 'class="gap-wide" x1="28%" x2="31%"' in dumbbell(near, "differ")
    assert 'class="gap-none" x1="28%" x2="31%"' in dumbbell(near, "early")
    assert 'class="gap-none" x1="28%" x2="31%"' in dumbbell(near)


def test_every_city_has_a_shape_of_its_own():
    svg = dumbbell([SimpleNamespace(city=city, agree=50) for city in (ALDER, PUERTO, THIRD)])

    assert ["pt-a" in svg, "pt-b" in svg, "pt-c" in svg] == [True, True, True]
    assert ['<circle class="pt-a"' in svg, '<rect class="pt-b"' in svg] == [True, True]


def test_a_masked_city_has_no_mark():
    svg = dumbbell([{"city": ALDER, "agree": None}, {"city": PUERTO, "agree": 50}])

    assert ["pt-a" in svg, "pt-b" in svg] == [False, True]


def test_cities_meet_in_the_middle():
    svg = meeting_bar(shares([{"share": 82}, SimpleNamespace(share=78)]))

    assert '<rect class="bar-a" x="18%" width="82%"' in svg
    assert '<rect class="bar-b" width="78%"' in svg


def test_the_key_of_the_bridge_shows_the_very_signs_of_its_arches():
    """In forced colours arches have no ground: squares in five inks told nothing apart."""
    states = ["completed", "in_progress", "agreed", "late", "cancelled"]
    spans = [{"number": number, "state": one, "label": one} for number, one in enumerate(states)]
    key = [{"state": one, "label": one, "count": 1} for one in states]

    html = render_to_string("components/bridge.html", {"spans": spans, "key": key, "title": "All"})
    page = BeautifulSoup(html, "html.parser")

    signs, arches = (
        [(use["href"], use.find_parent("svg").parent["class"][-1]) for use in page.select(where)]
        for where in (".key use", ".bridge use")
    )
    assert signs == arches
    assert len(set(signs)) == len(states)


def test_bars_and_arrows_are_mirrored_where_people_read_from_right_to_left():
    """Bars of answers began at the left there, and "carried over" pointed back."""
    sheet = (Path(settings.SITE_DIR) / "static/css/components/stack_row.css").read_text()
    share = {"city": ALDER, "percent": 40, "count": 4}
    row = render_to_string("components/city_bar.html", {"share": share})
    status = render_to_string("components/status.html", {"state": "continued", "label": "On"})

    assert ".city-row > svg:dir(rtl) { scale: -1 1; }" in sheet
    assert BeautifulSoup(row, "html.parser").select_one(".city-row > svg .bar-a")
    assert BeautifulSoup(status, "html.parser").select_one("svg.icon-flip [href='#i-arrow']")
