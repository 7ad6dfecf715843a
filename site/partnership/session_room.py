"""How much a browser may have the site keep in its session: nobody fills the database so.

Whoever writes there what readers typed asks first whether it fits, and says so or drops it if not.
"""

import json
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.limits import Limit, TooOften

#: Characters of everything together, the names of fields too.
MOST_KEPT = 60_000
#: Sheets of what browsers without a session have kept before anything of it was accepted. A whole
#: library whose sessions ran out at once needs fewer.
BEGUN = Limit("session.begun", per_person=300, per_address=300, seconds=15 * 60)
SHEET = 5_000
#: What was typed is shown again for an hour. Of who never comes back, the row goes after a day.
BRIEFLY = 24 * 3600
NOT_KEPT = _("What you typed could not be kept. Your browser may still show it when you go back.")


def keep_typed(request: HttpRequest, key: str, value: Any) -> None:
    """Keep what somebody typed until they come back to it; where that cannot be, say so.

    A browser without a session begins one for it, before anything was accepted: an address has
    so many of these, and long ones count for more.
    """
    if not (fits(request.session, key, value) and _may_begin(request, value)):
        messages.warning(request, NOT_KEPT)
        return
    keep_briefly(request.session)
    request.session[key] = value


def keep_briefly(session: SessionBase) -> None:
    """Let a session that begins now end after a day; whoever signs in has it for longer."""
    session.keys()  # once it is read, a key that somebody made up is none
    if not session.session_key:
        session.set_expiry(BRIEFLY)


def renew_key(session: SessionBase) -> None:
    """Call a session otherwise from now on: what it gains is not for whoever knew its key before.

    Somebody may have put a key of theirs into this browser, or have noted it at a shared device.
    To be called wherever a session comes to open more than it did; signing in does it by itself.
    """
    session.cycle_key()


def _may_begin(request: HttpRequest, value: Any) -> bool:
    if request.session.session_key:
        return True
    try:
        for _sheet in range(1 + weight({"": value}) // SHEET):
            BEGUN.count(request)
    except TooOften:
        return False
    return True


def fits(session: SessionBase, key: str, value: Any) -> bool:
    """Whether the session has room for this in the place of what stands there."""
    kept = {name: held for name, held in session.items() if name != key}
    return weight({**kept, key: value}) <= MOST_KEPT


def weight(kept: dict[str, Any]) -> int:
    """How many characters it takes to write this down."""
    return len(json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=str))
