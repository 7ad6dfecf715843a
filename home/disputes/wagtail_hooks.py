"""Where disagreements meet the admin."""

from wagtail.permissions import register_permission_policy

from home.disputes.models import Dispute
from home.disputes.permissions import CityPolicy

register_permission_policy(Dispute, CityPolicy(Dispute))
