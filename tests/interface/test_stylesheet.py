"""The style sheet: complete, light, and readable in every theme."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from partnership.interface.storage import IMPORT, paste

STATIC = Path(settings.SITE_DIR) / "static"
CSS = STATIC / "css"
PASTED = paste((CSS / "site.css").read_text(), lambda path: (CSS / path).read_text())
TOKEN = re.compile(r"--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")
TOKENS = {
    name: (light or single, dark or single)
    for name, light, dark, single in TOKEN.findall((CSS / "tokens.css").read_text())
}
TEMPLATES = Path(settings.SITE_DIR) / "templates"
TOLD_WHEN_SHOWN = "\N{FULL BLOCK}"  # in the place of what a template fills in
#: What forced-colors: active names.
CHOSEN = r'( a|button)\[aria-(current|pressed="true")\]$'
LARGEST = 14_000  # bytes gzipped, so that style and any page together stay under 25 kB

TEXT_ON = [
    *[("ink", ground) for ground in ("paper", "surface", "sunk", "shared-tint")],
    *[("ink-muted", ground) for ground in ("paper", "surface", "sunk")],
    *[("action", ground) for ground in ("paper", "surface", "sunk")],
    *[(f"city-{c}-text", ground) for c in "abc" for ground in (f"city-{c}-tint", "surface")],
    *[(name, f"{name}-tint") for name in ("ok", "error")],
    ("shared-text", "shared-tint"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-night", "night"),
    ("on-night-soft", "night"),
    ("surface", "ok"),
    ("surface", "error"),
    ("surface", "ink-muted"),
]
GRAPHIC_ON = [
    *[(f"city-{c}", ground) for c in "abc" for ground in ("paper", "surface", "sunk")],
    *[("line-strong", ground) for ground in ("paper", "surface", "sunk")],
]


def contrast(first: str, second: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_ratio_is_the_one_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(text: str, ground: str, theme: int):
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("graphic", "ground"), GRAPHIC_ON)
def test_marks_and_borders_can_be_seen(graphic: str, ground: str, theme: int):
    assert contrast(TOKENS[graphic][theme], TOKENS[ground][theme]) >= 3


def test_every_part_is_imported_once():
    imported = [found["path"] for found in IMPORT.finditer((CSS / "site.css").read_text())]

    ours = [path.relative_to(CSS) for path in CSS.rglob("*.css") if path.name != "site.css"]
    # The editors' own sheets are apart, and those that only a few pages load.
    parts = [str(path) for path in ours if path.parts[0] not in {"admin", "pages"}]
    assert sorted(imported) == sorted(parts)


def test_the_pasted_sheet_is_whole():
    assert "@import" not in PASTED
    assert PASTED.count("{") == PASTED.count("}")
    assert PASTED.index("@layer reset, tokens") < PASTED.index("@font-face")


def test_the_pasted_sheet_is_light():
    assert len(gzip.compress(PASTED.encode())) <= LARGEST


def test_nobody_loads_what_is_written_for_those_who_change_the_sheet():
    assert "/*" not in PASTED
    assert paste("a { color: red } /* why */\nb { color: blue }", str) == (
        "a { color: red } b { color: blue }"
    )


def test_large_letters_get_the_room_and_nothing_shrinks_for_them():
    """At twice the letters a phone's words broke anywhere, and stages stood in tiny ones."""
    (large,) = re.findall(r"@media \(max-width: 18em\) \{((?:[^{}]|\{[^{}]*\})*)\}", PASTED)

    for rule in (
        "hyphens: auto",
        ".phases { display: block",
        "time, .kept-whole { display: inline",
    ):
        assert rule in large
    assert "padding-inline: .5rem" in large
    matrix = (CSS / "pages" / "risks.css").read_text()
    assert ".risk-matrix { inline-size: 21rem; }" in matrix  # it scrolls, its words do not overlap


def test_each_page_that_tells_a_way_loads_how_it_looks():
    used = {
        path for path in TEMPLATES.rglob("*.html") if "components/trace.html" in path.read_text()
    }
    telling = {"official/answers.html", "home/one_idea.html"}
    assert {str(path.relative_to(TEMPLATES)) for path in used} == telling

    for page in ("official/answers.html", "home/home.html"):  # the front page has the other one
        assert "css/pages/trace.css" in (TEMPLATES / page).read_text()


def test_every_file_the_sheet_names_exists():
    named = re.findall(r'url\("([^"]+)"\)', PASTED)

    assert len(named) == 4
    assert [url for url in named if not (CSS / url).is_file()] == []


def test_the_fonts_of_a_first_view_are_light_and_free():
    fonts = list((STATIC / "fonts").glob("*-latin-wght-normal.woff2"))

    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 80_000
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 2


def test_every_token_that_is_used_is_set():
    used = set(re.findall(r"var\(--([\w-]+)\)", PASTED))
    defined = set(re.findall(r"--([\w-]+):", PASTED))

    assert sorted(used - defined) == []


#: Names by which scripts and tests find a thing; no sheet dresses them.
NAMES_ONLY = {
    "answered",
    "crumb-list",
    "door-paper",
    "error-list",
    "nav-list",
    "quote",
    "site-head",
}


def test_every_class_of_a_public_page_is_in_a_sheet():
    """Some twenty places asked for a margin by a name that no sheet knew."""
    sheets = "".join(path.read_text() for path in CSS.rglob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))
    used = {
        (name, str(path.relative_to(TEMPLATES)))
        for path in TEMPLATES.rglob("*.html")
        if not {"admin", "emails", "outbox", "wagtailadmin"}
        & set(path.relative_to(TEMPLATES).parts)
        for names in re.findall(r'class="([^"]*)"', path.read_text())
        for name in re.sub(r"{%.*?%}|{{.*?}}", TOLD_WHEN_SHOWN, names).split()
        if TOLD_WHEN_SHOWN not in name
    }

    assert len(used) > 500
    assert sorted((name, where) for name, where in used if name not in known | NAMES_ONLY) == []


def test_no_direction_is_left_or_right():
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align: (?:left|right)"
    )

    assert physical.findall(PASTED) == []


@pytest.mark.parametrize("box", [".lead", ".comment-text", ".statement-text", "blockquote", "bdi"])
def test_a_word_without_an_end_makes_no_box_wider(box):
    """One comment of 2,000 letters and no space made the whole page 17,000 pixels wide."""
    rule = re.search(r"([^{}]+)\{\s*overflow-wrap: anywhere;\s*\}", PASTED)

    assert rule
    assert re.search(rf"[(\s]{re.escape(box)}[,)]", rule[1])


def test_no_heading_grows_beyond_the_width_of_a_phone_in_large_letters():
    largest = re.findall(r"(?:font-size|--t-[234]xl): ([^;]*clamp\([^;]*);", PASTED)
    headings = [size for size in largest if float(size.split("rem")[-2].split()[-1]) > 2]

    assert len(headings) == 6
    assert all(re.fullmatch(r"min\(clamp\(.*\), 1[245]vw\)", size) for size in headings)


def test_what_is_chosen_is_told_apart_in_forced_colours():
    """There a browser takes every ground away; a second outline would be taken for the focus."""
    forced = PASTED[PASTED.index("@media (forced-colors: active)") :].partition("@layer")[0]
    grounds = [
        each.strip()
        for each in re.findall(r"([^{}]+)\{[^{}]*background: var[^{}]*\}", PASTED)
        if re.search(r"\[aria-(current|pressed)[^]]*\]$", each.strip())
    ]

    assert len(grounds) >= 4
    assert [one for one in grounds if not re.search(CHOSEN, one)] == []
    assert 'a[aria-current], [aria-pressed="true"] {' in forced
    assert "SelectedItem" in forced
    assert "outline" not in forced


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_no_sheet_takes_away_the_frame_of_what_is_focused(path: Path):
    taken = len(re.findall(r"outline: *(?:none|0)\b", path.read_text()))

    assert taken == (path.name == "card.css")  # its link, where the whole card gets the frame
