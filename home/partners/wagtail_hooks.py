"""Where partners meet the admin: of its own city only; the menu has them with the partnership."""

from wagtail.permissions import register_permission_policy

from home.partners.models import Partner
from partnership.cities.viewsets import OfOwnCity

register_permission_policy(Partner, OfOwnCity(Partner))
