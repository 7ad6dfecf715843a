"""A code as a picture that a phone reads: it leads to the page of the place at the door."""

import io
from functools import lru_cache

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

#: Light signs around it that every reader needs.
QUIET_ZONE = 4
PIXELS_PER_SIGN = 6
#: The pattern laid over the signs: of the eight the one that is best for most of our addresses.
MASK = 5


def address_for(code: str) -> str:
    """Return the address a phone opens: in no language, and worth nothing without a permission."""
    return settings.BASE_URL + reverse("door_scan", args=(code,))


@lru_cache(maxsize=512)
def as_svg(code: str, label: str) -> SafeString:
    """Return the picture for a page, named ``label`` for those who do not see it."""
    return picture_of(address_for(code), label)


def picture_of(address: str, label: str) -> SafeString:
    """Return any address of ours as such a picture."""
    drawn = _made(address).svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, title=label, svgclass="qr",
        lineclass=None,
    )  # fmt: skip
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # our own address and words


@lru_cache(maxsize=512)
def as_png(code: str) -> bytes:
    """Return the picture for a mail, black on white."""
    kept = io.BytesIO()
    _made(address_for(code)).save(kept, kind="png", border=QUIET_ZONE, scale=PIXELS_PER_SIGN)
    return kept.getvalue()


def _made(address: str) -> segno.QRCode:
    # Every mask is read; looking for the best of eight took most of a sign-up's time.
    return segno.make(address, micro=False, error="m", mask=MASK)
