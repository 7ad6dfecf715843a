"""Where ambassadors meet the admin; their screen stands among the people in charge."""

from wagtail.permissions import register_permission_policy

from home.ambassadors.models import Ambassador
from partnership.pages.own_city import ReadNotWritten

register_permission_policy(Ambassador, ReadNotWritten(Ambassador))
