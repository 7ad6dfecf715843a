"""Whether words hold a link: the one thing advertising cannot do without."""

import re

#: An address with its scheme, one that begins with www, or a name with a well-known ending.
LINK = re.compile(
    r"(?i)\b[a-z][a-z0-9+.-]*://|\bwww\.|"
    r"\b[a-z0-9-]+\.(?:com|net|org|info|biz|shop|online|site|top|xyz|io|eu|es|uk|de|fr|ru|cn)\b"
)


def holds_link(text: str) -> bool:
    """Whether a reader could be led away by these words."""
    return LINK.search(text) is not None
