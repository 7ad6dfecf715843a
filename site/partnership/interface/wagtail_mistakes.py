"""Wagtail's sentences whose Spanish has mistakes, or speaks to editors as nobody here does.

As what it has no words for (``wagtail_words.py``) they are collected into locale/, and our
catalogues win over Wagtail's. The tests find a sentence that Wagtail says no more, or says as
well as we do by now.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

SENTENCES = (
    gettext_noop("Date from"),
    gettext_noop("Date to"),
    gettext_noop("Settings"),
    gettext_noop("Go live date/time must be before expiry date/time"),
    gettext_noop("go live date/time"),
    gettext_noop("expiry date/time"),
    gettext_noop("This page is live. Would you like to publish its copy as well?"),
    gettext_noop('You do not have permission to copy to page "%(page_title)s"'),
    gettext_noop(
        'This slug is already in use within the context of its parent page "%(parent_page_title)s"'
    ),
    gettext_noop("Select a new parent for this page."),
    gettext_noop("Please select at least one group."),
    gettext_noop("Confirm selection"),
    gettext_noop("Convert to internal link"),
    gettext_noop("Anchor link"),
    gettext_noop("Add an anchor link"),
    gettext_noop("This collection cannot be deleted, because it is not empty. It contains:"),
    gettext_noop("You can edit the privacy settings on:"),
    gettext_noop("Are you sure you want to unpublish this %(model_name)s?"),
    gettext_noop(
        "Preview cannot display due to validation errors. <br /> Click save to highlight the "
        "relevant fields."
    ),
    gettext_noop("Live"),
    gettext_noop("live"),
    gettext_noop("live + draft"),
    gettext_noop("live + scheduled"),
    gettext_noop("scheduled"),
    gettext_noop("last published at"),
    gettext_noop("live revision"),
    gettext_noop("approved go live at"),
    gettext_noop("Live version"),
    gettext_noop("Compare with live version"),
    gettext_noop("View live"),
    gettext_noop("You can view the page here:"),
    gettext_noop("Edit your notification preferences here:"),
    gettext_noop(
        'The page "%(title)s" has been submitted for moderation to workflow "%(workflow)s" '
        "by %(requester)s."
    ),
    gettext_noop("Choose which type of page you'd like to create."),
    gettext_noop("Sorry, you cannot create a page at this location."),
    gettext_noop("Yes, delete it"),
    gettext_noop("Yes, delete"),
    gettext_noop("No, don't delete it"),
    gettext_noop(
        'Alternatively you can <a href="%(unpublish_url)s">unpublish the page</a>. This '
        "removes the page from public view and you can edit or publish it again later."
    ),
    gettext_noop("Are you sure you want to move this page into '%(title)s'?"),
    gettext_noop(
        "Are you sure you want to move this page and all of its children into '%(title)s'?"
    ),
    gettext_noop("Are you sure you want to unpublish this page?"),
    gettext_noop("Are you sure you want to delete this collection?"),
    gettext_noop(
        "This page was marked as needing changes at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    gettext_noop("Publishing this page will cancel the current workflow."),
    gettext_noop("This page is an alias of another page."),
    gettext_noop("This page is protected from public view"),
    gettext_noop("Locked by <b>you</b> at <b>%(locking_date)s</b>"),
    gettext_noop("Locked by <b>%(locked_by)s</b> at <b>%(locking_date)s</b>"),
    gettext_noop("Locked at <b>%(locking_date)s</b>"),
    gettext_noop("locked at"),
    gettext_noop("locked by"),
    gettext_noop("Please type <b>%(wagtail_site_name)s</b> to confirm."),
    gettext_noop("Visible to all. Visit the live page"),
    gettext_noop("Visible to all"),
    gettext_noop("Private. Visit the live page"),
    gettext_noop("Are you sure you want to unschedule this revision?"),
    gettext_noop("Toggle breadcrumbs"),
    gettext_noop("Toggle status"),
    gettext_noop("Toggle comments"),
    gettext_noop("Toggle preview"),
    gettext_noop("Once live anyone can view"),
    gettext_noop("Choose who can view the live version of this page"),
    gettext_noop("Privacy changes apply to all children of this page too."),
    gettext_noop("Expiry:"),
    gettext_noop("Go-live:"),
    gettext_noop("Edit schedule"),
    gettext_noop("Set schedule"),
    gettext_noop("Set publishing schedule"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Save schedule"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Correct the validation errors to resume preview (saving will highlight errors)"),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("%(action)s by <b>%(who)s</b> at <b>%(at)s</b>"),
    gettext_noop("%(action)s at <b>%(at)s</b>"),
    gettext_noop("just now"),
    gettext_noop("%(time_period)s ago"),
    gettext_noop("at %(time)s by %(user_display_name)s"),
    gettext_noop("Bold"),
    gettext_noop("Italic"),
    gettext_noop("Add a collection"),
    gettext_noop("Unschedule"),
    gettext_noop('Version %(revision_id)s of "%(object)s" unscheduled.'),
    gettext_noop(
        "Page '%(page_title)s' is live and this version has been scheduled for publishing."
    ),
    gettext_noop(
        "Page '%(page_title)s' has been replaced with version from %(previous_revision_datetime)s."
    ),
    gettext_noop(
        "Version from %(previous_revision_datetime)s of page '%(page_title)s' has been "
        "scheduled for publishing."
    ),
    gettext_noop("Version from %(datetime)s of page '%(page_title)s' has been published."),
    gettext_noop("Page '%(page_title)s' unpublished."),
    gettext_noop("Page '%(page_title)s' is now unlocked."),
    gettext_noop(
        "You are viewing a previous version of this page from <b>%(created_at)s</b> by %(user)s"
    ),
    gettext_noop("Aging pages"),
    gettext_noop("Choose another"),
    gettext_noop(
        'Multi-word tags with spaces will automatically be enclosed in double quotes (").'
    ),
    gettext_noop("Table caption"),
    gettext_noop("Edit any document"),
    gettext_noop("Drag and drop documents into this area to upload immediately."),
    gettext_noop("Drag and drop images into this area to upload immediately."),
    gettext_noop("Or choose from your computer"),
    gettext_noop(
        "Upload successful. Please update this document with a more appropriate title, if "
        "necessary. You may also delete the document completely if the upload wasn't "
        "required."
    ),
    gettext_noop(
        "Upload successful. Please update this image with a more appropriate title, if "
        "necessary. You may also delete the image completely if the upload wasn't required."
    ),
    gettext_noop("Sorry, upload failed."),
    gettext_noop("You need a password to access this document."),
    gettext_noop("You need a password to access this page."),
    gettext_noop("The password you have entered is not correct. Please try again."),
    gettext_noop(
        "Your account doesn't have access to this page. To proceed, please log in with an "
        "account that has access."
    ),
    gettext_noop("Image is decorative"),
    gettext_noop("Not a supported image format. Supported formats: %(supported_formats)s."),
    gettext_noop(
        "This file has too many pixels (%(num_pixels)s). Maximum pixels %(max_pixels_count)s."
    ),
    gettext_noop("Add/edit images you own"),
    gettext_noop("To define this image's most important region, drag a box over the image above."),
    gettext_noop("File not found"),
    gettext_noop(
        "You haven't uploaded any images in this collection. Why not <a "
        'href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
    gettext_noop(
        "You haven't uploaded any images. Why not <a "
        'href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
    gettext_noop("Add multiple images"),
    gettext_noop("Add multiple documents"),
    gettext_noop("Add selected images to collection"),
    gettext_noop("The image could not be saved due to errors."),
    gettext_noop("Report this error to your website administrator with the following information:"),
    gettext_noop("collections"),
    gettext_noop("collection view restriction"),
    gettext_noop("collection view restrictions"),
    gettext_noop("Bulk delete"),
    gettext_noop("Lock/unlock pages you've locked"),
    gettext_noop("Whether a link to this page will appear in automatically generated menus"),
    gettext_noop("meta description"),
    gettext_noop("title tag"),
    gettext_noop("Unpublished"),
    gettext_noop("Added view restriction"),
    gettext_noop("Schedule publication"),
    gettext_noop("Unschedule publication"),
    gettext_noop(
        "Revision %(revision_id)s from %(created_at)s unscheduled from publishing at "
        "%(go_live_at)s."
    ),
    gettext_noop("Are you sure you want to delete this group?"),
    gettext_noop("Deleting this group will revoke this group's permissions from all member users."),
    gettext_noop("The group could not be saved due to errors."),
    gettext_noop(
        "There are no groups configured. Why not <a "
        'href="%(wagtailusers_create_group_url)s">add some</a>?'
    ),
    gettext_noop("submitted notifications"),
    gettext_noop("approved notifications"),
    gettext_noop("rejected notifications"),
    gettext_noop("updated comments notifications"),
    gettext_noop("Receive notification when a page is submitted for moderation"),
    gettext_noop("Receive notification when your page edit is approved"),
    gettext_noop("Receive notification when your page edit is rejected"),
    gettext_noop("Select language for the admin"),
    gettext_noop("Select your current time zone"),
)
COUNTED = (
    ngettext_lazy(
        "This will copy %(count)s subpage.",
        "This will copy %(count)s subpages.",
    ),
    ngettext_lazy(
        "%(count)s of the pages being copied is live. Would you like to publish its copy?",
        "%(count)s of the pages being copied are live. Would you like to publish their copies?",
    ),
    ngettext_lazy(
        "There is %(counter)s match",
        "There are %(counter)s matches",
    ),
    ngettext_lazy(
        "Moved down 1 place.",
        "Moved down %(counter)s places.",
    ),
    ngettext_lazy(
        "Moved up 1 place.",
        "Moved up %(counter)s places.",
    ),
    ngettext_lazy(
        "This page has one unpublished subpage",
        "This page has %(counter)s unpublished subpages",
    ),
    ngettext_lazy(
        "The following page cannot be moved due to duplicate slug",
        "The following pages cannot be moved due to duplicate slugs",
    ),
    ngettext_lazy(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
    ),
    ngettext_lazy(
        "Add tags to 1 image",
        "Add tags to %(counter)s images",
    ),
    ngettext_lazy(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
    ),
    ngettext_lazy(
        "%(count)s image",
        "%(count)s images",
    ),
)
#: What its scripts say; see ``scripts.py``.
OF_SCRIPTS = (
    gettext_noop("Delete error"),
    gettext_noop("Save error"),
    gettext_noop("Line break"),
    gettext_noop("Reload the page"),
    gettext_noop("Toggle section"),
    gettext_noop("Toggle side panel"),
    gettext_noop("Toggle sidebar"),
    gettext_noop("(%(number)s new items in this menu)"),
    gettext_noop("The editor just crashed. Content has been reset to the last saved version."),
    gettext_noop("Report this error to your website administrator with the following information:"),
    gettext_noop("Collapse all"),
    gettext_noop("Expand all"),
)
