"""Opens every editing screen of every kind of page and thing, and says what stands in the way."""

import json
from collections.abc import Iterable, Sequence
from itertools import product

from playwright.sync_api import Page

from tests.journeys.browser import DESK, barriers, sideways_scroll
from tests.journeys.demo_server import DemoSite
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import EVERYBODYS

#: The fullest page of every kind with a form of its own, or of all for `make bench`; the list and
#: one thing (or its form) of all that editors keep.
ADDRESSES = """
import json
from django.urls import NoReverseMatch, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry
from wagtail.models import get_page_models
from partnership.pages.models import BasePage
from tests.tools.kinds import with_forms_of_their_own
from tests.tools.turns import EVERYBODYS

found = {}
for model in get_page_models() if EVERYBODYS else with_forms_of_their_own():
    name = model._meta.label_lower
    if not issubclass(model, BasePage) or not model.objects.exists():
        continue
    page = max(model.objects.order_by("pk"), key=lambda page: len(page.to_json()))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if address not in found.values():  # the fullest of all events is the fullest of its kind
        found[name] = address
    # A new page has the fields of the fullest one of its kind: one of them is looked at for itself.
    is_seen_as_new = any(each.endswith(", new") for each in found)
    if not is_seen_as_new and model.can_create_at(page.get_parent().specific):
        way = (*model._meta.label_lower.split("."), page.get_parent().pk)
        found[f"{name}, new"] = reverse("wagtailadmin_pages:add", args=way)
for viewset in viewsets.viewsets:
    model = getattr(viewset, "model", None)
    name = viewset.name or "wagtail"
    if not hasattr(model, "_default_manager") or name.startswith("wagtail"):
        continue  # accounts and the like are Wagtail's own screens
    thing = model._default_manager.order_by("pk").last()
    for view in ("index", "edit" if thing else "add"):  # an empty form has the fields of a full one
        args = [thing.pk] if view == "edit" else []
        try:
            found[f"{name}, {view}"] = reverse(viewset.get_url_name(view), args=args)
        except NoReverseMatch:
            continue
for model in registry:
    name = (model._meta.app_label, model._meta.model_name)
    found[model._meta.label_lower] = reverse("wagtailsettings:edit", args=name)
print(json.dumps(found))
"""
#: A laptop on a kitchen table, the narrowest that is promised to editors.
LAPTOP = 1024
#: What stands on every screen: the menu, all icons, the list of keys, calendars folded away.
FRAME = "#wagtail-sidebar, [data-sprite], #keyboard-shortcuts-dialog, .xdsoft_datetimepicker"
TAKE_OUT = "what => document.querySelectorAll(what).forEach(each => each.remove())"
#: The panels, and the rows in them.
UNFOLD = """() => document
  .querySelectorAll('[data-panel-toggle][aria-expanded=false]').forEach(each => each.click())"""


def addresses_of(demo_site: DemoSite) -> dict[str, str]:
    return json.loads(demo_site.manage("shell", "-v0", "-c", ADDRESSES))


def look_at_all(editors: Sequence[Visitor], addresses: dict[str, str]) -> dict[str, list[str]]:
    """Return what stands in the way on each screen, with all that can be unfolded unfolded.

    The editors, who read different languages, look in turn, and each at all by `make bench`.
    """
    for editor in editors:
        editor.come_in(DEMO.format("admin"))
    names = list(addresses) if EVERYBODYS else some_lists_of(addresses)
    # Lists and forms stand in turn, too: neither is always read in the same language.
    in_turn = ((name, editors[(n + n // 2) % len(editors)]) for n, name in enumerate(names))
    looks = product(names, editors) if EVERYBODYS else in_turn
    found, framed = {}, set()
    for turn, (name, editor) in enumerate(looks):
        like_it = (name.partition(", ")[2], editor.language)
        lines = look_at(
            editor.page,
            addresses[name],
            but=spared(name, turn),
            framed=EVERYBODYS or like_it not in framed,
        )
        framed.add(like_it)
        if lines:
            found[f"{name}, {editor.language}"] = lines
    return found


def some_lists_of(names: Iterable[str]) -> list[str]:
    """Leave out two lists of three: Wagtail draws them all, and ours only choose the columns."""
    lists = [name for name in names if name.endswith(", index")]
    return [name for name in names if name not in lists or lists.index(name) % 3 == 0]


def spared(name: str, turn: int) -> tuple[str, ...]:
    """The colours, which take the longest, where they are those of others.

    An empty form has none but those of a full one, and all screens have the same few: every third
    is asked for them.
    """
    is_empty = name.endswith((", new", ", add"))
    return ("color-contrast",) if is_empty or (turn % 3 and not EVERYBODYS) else ()


def look_at(page: Page, address: str, *, but: tuple[str, ...], framed: bool) -> list[str]:
    """Look as on a laptop; at a desk the screen only has to stay within, but for `make bench`.

    Of screens of a kind the first is looked at with what frames them all, the others within it.
    """
    page.set_viewport_size({"width": LAPTOP, "height": 900})
    page.goto(address)
    page.wait_for_load_state()  # what folds it is there
    page.evaluate(UNFOLD)
    lines = beyond(page)
    if not framed:
        page.evaluate(TAKE_OUT, FRAME)
    lines += barriers(page, but=but)
    page.set_viewport_size({"width": DESK, "height": 900})
    if EVERYBODYS:
        lines += barriers(page, but=("color-contrast",))
    return lines + beyond(page)


def beyond(page: Page) -> list[str]:
    pixels = sideways_scroll(page)
    return [f"{pixels} pixels too wide"] if pixels else []
