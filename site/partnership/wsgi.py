"""The door for web servers: gunicorn partnership.wsgi"""

import os

from django.core.wsgi import get_wsgi_application

from partnership.deep_calls import in_one_piece
from partnership.garbage import look_rarely

look_rarely()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.production")
application = in_one_piece(get_wsgi_application())

from partnership.pages.columns import refuse_to_start_without_columns  # noqa: E402 - needs the apps

refuse_to_start_without_columns()
