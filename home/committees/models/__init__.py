"""What is true of committees, contacts and mediators."""

from home.committees.models.committees import (
    CommitteeIndexPage,
    CommitteePage,
    Decision,
    Meeting,
    Membership,
)
from home.committees.models.contacts import Contact, ContactsPage, Mediator, PathwayStage

__all__ = (
    "CommitteeIndexPage",
    "CommitteePage",
    "Contact",
    "ContactsPage",
    "Decision",
    "Mediator",
    "Meeting",
    "Membership",
    "PathwayStage",
)
