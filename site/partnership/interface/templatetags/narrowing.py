"""What a list is narrowed by, folded until somebody asks for it.

``{% load narrowing %}{% narrow_down chosen words=words %}rows, forms{% endnarrow_down %}``.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_block_tag
def narrow_down(
    content: str, chosen: Sequence[Any] = (), *, words: str, stays_folded: bool = False
) -> str:
    """Fold the content under a button that says ``words``; what was chosen stays in sight.

    Beside a long list there is room for it, unless it ``stays_folded``. ``chosen`` are label
    and url (of the list without it); see ``partnership.interface.narrowing``.
    """
    shown = {"content": content, "chosen": chosen, "words": words, "stays_folded": stays_folded}
    return render_to_string("components/narrow_down.html", shown)
