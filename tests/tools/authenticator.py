"""The app on somebody's phone: codes from a key and the time (RFC 6238)."""

import base64
import hmac
import struct
import time

PERIOD = 30  # seconds


def code_of(key: str, *, later: int = 0, at: float | None = None) -> str:
    """Return the code that the app shows ``later`` half minutes from now, or from ``at``."""
    step = int(time.time() if at is None else at) // PERIOD + later
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
