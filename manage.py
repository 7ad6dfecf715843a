#!/usr/bin/env python
"""Run a management command: python manage.py help"""

import os
import sys
from pathlib import Path

ROOT_DIR = Path(__file__).resolve().parent


def main() -> None:
    # site/ is a plain folder on the path: the interpreter already owns a module called "site".
    sys.path.insert(0, str(ROOT_DIR / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.dev")
    from partnership.garbage import look_rarely

    look_rarely()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
