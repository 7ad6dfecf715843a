"""Make the account of an administrator."""

from django.contrib.auth.management.commands import createsuperuser

from partnership.migrated import NeedsTables


class Command(NeedsTables, createsuperuser.Command):
    """Django's own, which ends in a traceback where there are no tables yet."""
