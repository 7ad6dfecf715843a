"""Every editing screen is sent what no browser sends: nothing, half a form, hidden garbage.

Nothing of it is an error of ours; what the screens say is tested in tests/pages/test_unreadable.py.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, SoupStrainer, Tag
from django.db import transaction
from django.template import Template
from django.test import Client
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from partnership.people.models import Resident
from tests.demo.asking import HOME
from tests.demo.test_who_may import EVERY, Filler
from tests.tools.kinds import with_forms_of_their_own
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.usefixtures("demo", "db")

#: Where a thing is made or changed: how their errors are drawn is seen where garbage is sent.
DRAWN_BELOW = (":add", ":edit")
#: An address on purpose that ends the session everything else needs.
SIGN_OUT = "wagtailadmin_logout"
GARBAGE, HUGE = "garbage{", "99999999999999999999"
FIELDS = ["input", "select", "textarea"]
Fields = dict[str, list[str]]


@pytest.fixture
def admin() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Resident.objects.get(email="admin@demo.example"))
    return client


def errors_of(client: Client, path: str, sent: Any, *, is_drawn: bool) -> bool:
    """Whether it ends in an error; whatever it wrote is taken back."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        if not is_drawn:
            patched.setattr(Template, "_render", lambda template, context: "")
        answer = client.post(path, sent)
        transaction.set_rollback(True)
    return answer.status_code >= 500


def screens() -> Iterator[str]:
    """Where one of each kind of page and of thing is edited."""
    fill = Filler().address
    for model in with_forms_of_their_own():
        page = model._default_manager.order_by("pk").first()
        if page and not page.is_root():
            yield f"/admin/pages/{page.pk}/edit/"
    for one in viewsets.viewsets:
        if isinstance(one, ModelViewSet):
            yield fill(f"admin/{one.url_prefix}/edit/<str:pk>/")


def form_of(page: str) -> tuple[Fields, list[str]]:
    """Return what a browser would send of the largest form, and the names of what is hidden."""
    forms = BeautifulSoup(page, "html.parser", parse_only=SoupStrainer("form")).find_all("form")
    if not forms:
        return {}, []
    form = max(forms, key=lambda one: len(one.find_all(FIELDS)))
    sent: Fields = {}
    hidden: list[str] = []
    for field in form.find_all(FIELDS, attrs={"name": True}):
        if (values := values_of(field)) is not None:
            sent.setdefault(field["name"], []).extend(values)
            hidden += [field["name"]] if field.get("type") == "hidden" else []
    for block in form.find_all(attrs={"data-block": True, "id": True}):
        sent[f"{block['id']}-count"] = ["0"]
        hidden.append(f"{block['id']}-count")
    return sent, hidden


def values_of(field: Tag) -> list[str] | None:
    """Return what it sends; None when it sends nothing."""
    kind = field.get("type", "text")
    if field.name == "select":
        chosen = [one for one in field.find_all("option") if one.has_attr("selected")]
        return [one.get("value", one.text) for one in chosen]
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    is_left_out = kind in {"checkbox", "radio"} and not field.has_attr("checked")
    if kind in {"submit", "file"} or is_left_out:
        return None
    return [field.get("value", "")]


def variants(sent: Fields, hidden: list[str], turn: int) -> Iterator[tuple[str, Fields]]:
    """Half the form, then garbage in all counts, in all numbers of rows, and in what is left.

    There are two kinds of garbage for counts and two for rows: screens get them in turn.
    """
    yield "nothing hidden", {name: sent[name] for name in sent if name not in hidden}
    counts = [name for name in hidden if name.endswith(("_FORMS", "-count"))]
    rows = [name for name in hidden if name.endswith("-id")]
    others = [name for name in hidden if name not in {*counts, *rows}]
    for names, values in ((counts, (GARBAGE, "-1")), (rows, (HUGE, "1")), (others, (GARBAGE,))):
        value = values[turn % len(values)]
        if names:
            yield value, {**sent, **{name: [value] for name in names}}


def test_no_screen_that_is_sent_nothing_ends_in_an_error(admin):
    """Nor does any deletion: what something else stands on is kept, in words.

    Where a thing is edited is drawn below, with what one is added with.
    """
    fill = Filler().address
    every = (one for one in EVERY if one.route.startswith("admin/") and one.name != SIGN_OUT)
    broken = [
        one.name
        for one in every
        if errors_of(admin, fill(one.route), {}, is_drawn=not one.name.endswith(DRAWN_BELOW))
    ]

    assert broken == []
    assert admin.get(HOME).status_code == 200  # and was signed in to the end


def in_turn(ways: list[tuple[str, Fields]], turn: int) -> list[tuple[str, Fields]]:
    """Every second one, with the first or the second to begin with; `make bench` sends all."""
    return ways if EVERYBODYS else ways[turn % 2 :: 2] or ways


def test_no_form_with_garbage_in_what_is_hidden_ends_in_an_error(admin):
    """One answer of each screen is drawn, and of each garbage some."""
    broken, walked = [], 0
    for turn, path in enumerate(dict.fromkeys(screens())):
        answer = admin.get(path)
        sent, hidden = form_of(answer.content.decode())
        walked += answer.status_code == 200 and bool(hidden)
        ways = in_turn(list(variants(sent, hidden, turn // 4)), turn) if sent else []
        for number, (what, garbled) in enumerate(ways):
            if errors_of(admin, path, garbled, is_drawn=number == turn // 2 % len(ways)):
                broken.append((path, what))

    assert broken == []
    assert walked > 40
