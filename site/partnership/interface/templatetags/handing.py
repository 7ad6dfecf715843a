"""Links that hand a page on to somebody else: ``{% load handing %}{% hand_on page.title page %}``.

They are plain links, so nothing leaves the reader's browser before one is pressed.
"""

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.translation import gettext as _

from partnership.pages.languages import CODES, active, localized

register = template.Library()


@register.inclusion_tag("components/hand_on.html", takes_context=True)
def hand_on(context: dict[str, Any], title: str, page: Any = None) -> dict[str, Any]:
    """The links, with the title and the address of what is shown in every language.

    ``page`` knows its title in each of them; without one there is a single title.
    """
    addresses = {twin["code"]: twin["url"] for twin in context["alternates"]}
    in_order = sorted(CODES, key=lambda code: code != active())
    told = {code: _title_in(code, title, page) for code in in_order}
    lines: list[str] = []
    for code, words in told.items():
        lines += [words] if words not in lines else []
        lines.append(addresses[code])
    text = "\r\n".join(lines)
    subject = quote(str(title), safe="")
    mail = f"mailto:?subject={subject}&body={quote(text, safe='')}"
    whatsapp = f"https://wa.me/?text={quote(text.replace(chr(13), ''), safe='')}"
    return {
        "links": [
            {"label": _("Hand on by e-mail"), "url": mail, "icon": "mail"},
            {"label": _("Hand on by WhatsApp"), "url": whatsapp, "icon": "chat"},
        ]
    }


def _title_in(code: str, title: str, page: Any) -> str:
    own = getattr(page, localized("title", code), "") if page is not None else ""
    return str(own or title)
