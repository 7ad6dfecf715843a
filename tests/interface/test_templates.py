"""Templates: components say what they take, take nothing else, and point to what exists."""

import re
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.SITE_DIR) / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
ALL = sorted(TEMPLATES.rglob("*.html"))
SPRITE = set(
    re.findall(r'<symbol id="i-([a-z]+)"', (TEMPLATES / "components/sprite.html").read_text())
)


def found(pattern: str, paths: list[Path]) -> list[tuple[str, str]]:
    return [(path.name, match) for path in paths for match in re.findall(pattern, path.read_text())]


def test_the_first_line_of_a_component_is_its_signature():
    silent = [path.name for path in COMPONENTS if not path.read_text().startswith("{# ")]

    assert silent == []


def test_components_are_included_with_only():
    open_doors = [
        (name, tag)
        for name, tag in found(r"\{% include ([^%]*)%\}", ALL)
        if not tag.strip().endswith(" only")
    ]

    assert open_doors == []


def test_every_template_compiles():
    for path in ALL:
        get_template(str(path.relative_to(TEMPLATES)))


def test_every_icon_is_in_the_sprite():
    named = found(r'\{% icon "([a-z]+)"', ALL)

    assert [(name, icon) for name, icon in named if icon not in SPRITE] == []


def test_every_icon_that_code_names_is_in_the_sprite():
    from partnership.interface.templatetags.looks import KIND_ICONS, STATUS_LOOKS

    named = {icon for _hue, icon in STATUS_LOOKS.values()} | set(KIND_ICONS.values())

    assert sorted(named - SPRITE) == []


def test_every_static_file_that_a_template_names_exists():
    named = found(r"\{% static ['\"]([^'\"]+)['\"] %\}", ALL)

    missing = [pair for pair in named if not (TEMPLATES.parent / "static" / pair[1]).is_file()]
    assert missing == []


def test_what_stands_in_the_head_of_a_cell_is_without_a_mark_of_its_language():
    """Such a mark is an element, which ends the attribute it is written into."""
    heads = found(r'data-head="((?:\{[{%].*?[}%]\}|[^"])*)"', ALL)

    assert [head for head in heads if "{{" in head[1] and "|plain" not in head[1]] == []


def test_a_page_that_refuses_opens_where_it_says_so():
    """What is an alert from the start is announced by few screen readers: it takes the focus."""
    silent = [
        str(path.relative_to(TEMPLATES))
        for path in ALL
        if "admin" not in path.parts
        for alert in re.findall(r'role="alert".*', path.read_text())
        if "autofocus" not in alert
    ]

    assert silent == ["maps/picker.html"]  # the address leads there, to the map itself
