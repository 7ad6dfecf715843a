"""How much a browser may have the site keep in its session: nobody fills the database so.

Whoever writes there what readers typed asks first whether it fits, and says so or drops it if not.
"""

import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

#: Characters of everything together, the names of fields too.
MOST_KEPT = 60_000


def fits(session: SessionBase, key: str, value: Any) -> bool:
    """Whether the session has room for this in the place of what stands there."""
    kept = {name: held for name, held in session.items() if name != key}
    return weight({**kept, key: value}) <= MOST_KEPT


def weight(kept: dict[str, Any]) -> int:
    """How many characters it takes to write this down."""
    return len(json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=str))
