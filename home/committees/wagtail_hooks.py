"""Where committees, contacts and mediators meet the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from home.committees.models import Contact, Meeting, Membership
from home.committees.viewsets import InChargeGroup
from partnership.cities.viewsets import OfOwnCity
from partnership.pages.own_city import OwnPagePolicy

register_permission_policy(Membership, OfOwnCity(Membership))
register_permission_policy(Contact, OfOwnCity(Contact))
register_permission_policy(Meeting, OwnPagePolicy(Meeting))


@hooks.register("register_admin_viewset")
def people_in_charge() -> InChargeGroup:
    return InChargeGroup()
