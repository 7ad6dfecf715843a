"""Pages whose hour has come: published, or taken back, by the clock."""

from django.core.management import call_command

#: Seconds; editors choose the minute.
EVERY = 30


def publish_and_expire() -> None:
    """Publish what is scheduled and is due, through the gate, and take back what has expired.

    Wagtail's own command. What the gate refuses stays a draft, and its author is told.
    """
    call_command("publish_scheduled")
