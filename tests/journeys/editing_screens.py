"""Opens every editing screen of every kind of page and thing, and says what stands in the way."""

import json

from playwright.sync_api import Page

from tests.journeys.browser import barriers, sideways_scroll
from tests.journeys.demo_server import DemoSite
from tests.journeys.visitor import DEMO, Visitor

#: The fullest page of every kind; the list and one thing (or its form) of all that editors keep.
ADDRESSES = """
import json
from django.urls import NoReverseMatch, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry
from wagtail.models import get_page_models
from partnership.pages.models import BasePage

found = {}
for model in get_page_models():
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
#: The panels, and the rows in them.
UNFOLD = """() => document
  .querySelectorAll('[data-panel-toggle][aria-expanded=false]').forEach(each => each.click())"""


def addresses_of(demo_site: DemoSite) -> dict[str, str]:
    return json.loads(demo_site.manage("shell", "-v0", "-c", ADDRESSES))


def look_at_all(
    page: Page,
    addresses: dict[str, str],
    language: str,
    *,
    left_out: tuple[str, ...] = (),
    but: tuple[str, ...] = (),
    unfolded: bool = False,
) -> dict[str, list[str]]:
    """Return what stands in the way on each screen, by all rules but those.

    Screens whose name ends as one of ``left_out`` are not looked at. What is folded up stays so,
    as an editor meets it, unless all is to be ``unfolded``.
    """
    editor = Visitor(page, language)
    editor.come_in(DEMO.format("admin"))
    found = {}
    for name, address in addresses.items():
        if name.endswith(left_out):
            continue
        page.goto(address)
        if unfolded:
            page.wait_for_load_state()  # what folds it is there
            page.evaluate(UNFOLD)
        # An empty form has no colours but those of a full one, and they take the longest.
        spared = {*but, "color-contrast"} if name.endswith((", new", ", add")) else but
        lines = barriers(page, but=tuple(spared))
        if beyond := sideways_scroll(page):
            lines.append(f"{beyond} pixels too wide")
        if lines:
            found[name] = lines
    return found
