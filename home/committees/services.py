"""Say of a contact or a mediator that everything is still right."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.committees.models import Contact, Mediator
from partnership.serving import public_changed


@transaction.atomic
def confirm(thing: Contact | Mediator, *, by: Any) -> date:
    """Note today as the day it was confirmed on, and who did; return the day.

    Sets that column alone, so that nothing somebody is saving at that moment is undone.
    """
    today = timezone.localdate()
    type(thing)._default_manager.filter(pk=thing.pk).update(confirmed_on=today)
    log(instance=thing, action="wagtail.edit", user=by)
    public_changed()
    return today
