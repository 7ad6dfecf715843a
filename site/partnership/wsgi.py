"""The door for web servers: gunicorn partnership.wsgi"""

import os

from django.core.wsgi import get_wsgi_application

from partnership.garbage import look_rarely

look_rarely()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.production")
application = get_wsgi_application()

from partnership.pages.columns import refuse_to_start_without_columns  # noqa: E402 - needs the apps

refuse_to_start_without_columns()
