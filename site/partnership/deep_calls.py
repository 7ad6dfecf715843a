"""Room for calls within calls, asked for once instead of at every step down and up.

Python keeps what its calls hold in pieces of 16 kB: one more is asked of the system when calls go
deeper than a piece reaches, and given back on the way up. Django goes up and down across such an
edge all the time: thousands of times for one screen of the admin, a third of what that took. Who
asks for a lot at once is given a piece that holds it, and what is left of that is enough for as
many calls as Python allows within each other.
"""

from collections.abc import Callable
from typing import Any

#: In words of eight bytes: half a megabyte to ask for, and a little, so that the piece is twice
#: as large. Nothing is ever written to what is asked for, so that no memory is taken for it.
A_LOT = 2**16 + 64


def in_one_piece(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does the same with room for all calls within it."""

    def roomy(*arguments: Any, **named: Any) -> Any:
        return _from_here(function, arguments, named)

    return roomy


def _from_here(function: Callable[..., Any], arguments: Any, named: Any) -> Any:
    return function(*arguments, **named)


_from_here.__code__ = _from_here.__code__.replace(co_stacksize=A_LOT)
