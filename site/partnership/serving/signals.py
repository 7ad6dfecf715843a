"""Other people's apps change public pages too: what Wagtail's editor saves renews them."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import AbstractPage, BaseViewRestriction, Collection, Site
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)
from wagtail.snippets.models import get_snippet_models

from partnership.cities.models import City, Neighbourhood
from partnership.serving.cache import public_changed

#: Saved or deleted, these change what readers see at once. Pages are not among them: saving a
#: draft changes nothing, and publishing has its own signal.
SHOWN_AT_ONCE = (
    AbstractDocument,
    AbstractImage,
    AbstractSetting,
    BaseViewRestriction,  # a page made private must not stay readable for a minute
    City,
    Collection,
    Neighbourhood,
    Redirect,
    Site,
)


def saved(sender: type[Model], instance: Model, **signal: Any) -> None:
    """Renew the pages when something that is shown at once was saved."""
    if isinstance(instance, SHOWN_AT_ONCE) or sender in get_snippet_models():
        public_changed()


def deleted(sender: type[Model], instance: Model, **signal: Any) -> None:
    """The same when it was deleted; a page, too, is gone at once."""
    if isinstance(instance, AbstractPage):
        public_changed()
    else:
        saved(sender, instance)


def connect() -> None:
    """Listen; called once, when all apps are ready."""
    for signal in (page_published, page_unpublished, post_page_move, published, unpublished):
        signal.connect(public_changed, dispatch_uid="serving.pages")
    post_save.connect(saved, dispatch_uid="serving.saved")
    post_delete.connect(deleted, dispatch_uid="serving.deleted")
