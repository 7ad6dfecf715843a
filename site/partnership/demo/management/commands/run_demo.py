"""What `make run` starts: the demo partnership, ready to be read."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from partnership.demo.processes import serve_until_stopped
from partnership.demo.static_files import collect_when_changed


class Command(BaseCommand):
    help = "Prepare the database, demo content and static files; serve until Ctrl-C."
    requires_system_checks = ()  # they ask the database, which may not exist yet

    def handle(self, **options) -> None:
        if not hasattr(settings, "DEMO_MAIL_DIR") or settings.DEBUG:
            raise CommandError("Run this with DJANGO_SETTINGS_MODULE=partnership.settings.demo.")
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        self.say("Preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        self.say("Preparing the demo content")
        call_command("seed_demo", if_empty=True, verbosity=0)
        self.say("Preparing the static files")
        collect_when_changed()
        self.say_where()
        sys.exit(serve_until_stopped())

    def say_where(self) -> None:
        """Print the addresses and the demo accounts."""
        self.say("")
        for code, name in settings.LANGUAGES:
            self.say(f"  {name + ':':<18}{settings.BASE_URL}/{code}/")
        self.say(f"  {'Editing screens:':<18}{settings.BASE_URL}/admin/")
        self.say(f"  {'Outgoing mail:':<18}{settings.BASE_URL}/demo/mail/")
        self.say("")
        call_command("demo_accounts", stdout=self.stdout)
        self.say("\nCtrl-C stops it; what was written stays in var/.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
