"""Whether readers meet an ambassador, and whose accounts that keeps."""

from django.db.models import Exists, QuerySet

from home.ambassadors.models import Ambassador


def there_are_some() -> Exists:
    """Whether one is shown."""
    return Exists(Ambassador.objects.public())


def accounts() -> QuerySet:
    """Accounts of those who are shown: visitors write to them, and they answer by mail."""
    return Ambassador.objects.public().values("participant__resident")
