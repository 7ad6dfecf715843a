"""The drawing of pages and screens, which is half to nine tenths of their time."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.template import Context, Template
from django.test.signals import template_rendered


@contextmanager
def left_out() -> Iterator[None]:
    """Make pages and mails without drawing them; the context they would have is noted."""
    with patch.object(Template, "_render", _note):
        yield


def _note(template: Template, context: Context) -> str:
    template_rendered.send(sender=template, template=template, context=context)
    return ""
