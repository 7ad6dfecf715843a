"""The demo's media kit: two texts and three drawings with their rights."""

from home.committees.models import Contact
from home.media_kit.models import KitPicture, MediaKitPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.pages import DemoFrontPage
from partnership.demo.publishing import publish
from partnership.demo.texts import columns, read
from partnership.pages.models import Photo

RIGHTS = ("caption", "credit", "licence")


def make_media_kit(home: DemoFrontPage, calendar: DemoCalendar) -> None:
    """Publish the kit; its pictures are the boards' drawings, and the contacts are there."""
    words = read("media_kit")
    page = MediaKitPage(
        press_contact=Contact.objects.get(mailbox=words["press"]),
        **columns(title=words["title"], short_text=words["short"], long_text=words["long"]),
    )
    page.pictures = [
        KitPicture(
            sort_order=number,
            photo=Photo.objects.get(title=row["photo"]),
            **columns(**{name: row[name] for name in RIGHTS}),
        )
        for number, row in enumerate(words["pictures"])
    ]
    publish(page, under=home.page, calendar=calendar)
