"""Whether readers meet an ambassador."""

from django.db.models import Exists

from home.ambassadors.models import Ambassador


def there_are_some() -> Exists:
    """Whether one is shown."""
    return Exists(Ambassador.objects.public())
