"""Where voices of partners meet the admin; the menu has them beside the partners."""

from wagtail.permissions import register_permission_policy

from home.partners.voices.models import PartnerVoice
from partnership.cities.viewsets import OfOwnCity

register_permission_policy(PartnerVoice, OfOwnCity(PartnerVoice))
