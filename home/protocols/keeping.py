"""Why a protocol is not deleted: its versions stay readable at their addresses."""

from django.utils.translation import gettext_noop

from home.protocols.models import ProtocolVersion
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop("This protocol has versions: it cannot be deleted. Unpublish it instead.")


def has_versions(page: BasePage) -> bool:
    """Whether this page, or one below it, is a protocol with versions."""
    return ProtocolVersion.objects.filter(protocol__path__startswith=page.path).exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(has_versions, because=REASON)
