"""How allauth talks to residents."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Every account mail goes through the outbox."""
