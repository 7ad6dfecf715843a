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
    from partnership.deep_calls import in_one_piece
    from partnership.garbage import look_rarely

    look_rarely()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        in_one_piece(execute_from_command_line)(sys.argv)
    except OperationalError as error:  # the database is away: one line, and more for who asks
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The database does not answer as it should: {error}")


if __name__ == "__main__":
    main()
