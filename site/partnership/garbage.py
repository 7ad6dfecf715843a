"""How often Python looks for things that are held by nothing but each other."""

import gc

#: So many new things before it looks through the young ones, and so many looks before one goes on
#: to the older. Django makes a hundred thousand that stay as it starts, and few circles after:
#: with Python's own 700, 10 and 10 a start took an eighth longer, and our tests a twelfth.
RARELY = (50_000, 20, 50)


def look_rarely() -> None:
    """Let this process spend its time on its work; called before anything is loaded."""
    gc.set_threshold(*RARELY)
