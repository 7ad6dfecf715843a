"""How pages reach readers: cache, policy, health.

Services call ``public_changed()`` after any write a reader may see, ``public_forgotten()`` where
nothing of what was seen may stay; views and pages call
``fresh_until(request, instant)`` when what they show changes by itself at an instant.
"""

from partnership.serving.cache import public_changed, public_forgotten
from partnership.serving.freshness import fresh_until

__all__ = ("fresh_until", "public_changed", "public_forgotten")
