"""Say who can sign in to the demo, and how."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership.demo.people import PASSWORD
from partnership.demo.texts import read


class Command(BaseCommand):
    help = "List the demo accounts and their password."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Demo accounts, all with the password {PASSWORD}")
        for entry in read("cities")["accounts"]:
            self.stdout.write(f"  {entry['email']:<32}{entry['role']}, {entry['name']}")
