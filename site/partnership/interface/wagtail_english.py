"""Wagtail's English where the house says otherwise: pages go to review, and nobody moderates them.

The English catalogue repeats the code but for these; the other catalogues translate them as all.
The tests find a sentence that Wagtail says no more.
"""

from django.utils.translation.trans_null import gettext_noop  # asks for no settings

SAID = {
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."): (
        "Page '%(page_title)s' has been sent to review."
    ),
    gettext_noop("Page '%(page_title)s' created and submitted for moderation."): (
        "Page '%(page_title)s' created and sent to review."
    ),
    gettext_noop("In Moderation"): "In review",
    gettext_noop("in moderation"): "in review",
    gettext_noop("live + in moderation"): "live + in review",
    gettext_noop("This page hasn't been submitted for moderation yet"): (
        "This page has not been sent to review yet"
    ),
    gettext_noop("No pages/snippets have been submitted for moderation yet"): (
        "Nothing has been sent to review yet"
    ),
    gettext_noop("Receive notification when a page is submitted for moderation"): (
        "Receive notification when a page is sent to review"
    ),
    # What the list of pages begins with.
    gettext_noop(
        "The root level is where you can add new sites to your Wagtail installation. Pages created "
        "here will not be accessible at any URL until they are associated with a site."
    ): "Here the tree of pages begins. The page below is the front page of the site.",
    gettext_noop("Configure a site now."): "Settings of the site",
    gettext_noop(
        "If you just want to add pages to an existing site, create them as children of the "
        "homepage instead."
    ): "Readers find only what is below it: open it to add a page.",
    gettext_noop(
        "Pages created here will not be accessible at any URL. To add pages to an existing site, "
        "create them as children of the homepage."
    ): (
        "Here the tree of pages begins. Readers find only what is below the front page: open it to"
        " add a page."
    ),
}
