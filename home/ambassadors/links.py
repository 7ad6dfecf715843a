"""The link in mails to ambassadors by which they are none any more."""

from home.personal_links import PersonalLink

LEAVE = PersonalLink("ambassador_leave", "home.ambassadors")
