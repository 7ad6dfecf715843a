"""Pages of the demo that one city has sent to review and the other has not read yet."""

from collections.abc import Mapping

from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.pages.models import BasePage
from partnership.review.services import ensure_review


def make_reviews(home: BasePage, people: DemoPeople, pages: Mapping[str, BasePage]) -> None:
    """Put the review on all pages, and leave one page waiting for each city."""
    workflow = ensure_review(home)
    for entry in read("reviews")["reviews"]:
        stored = pages[entry["page"]]
        draft = type(stored).objects.get(pk=stored.pk)  # others may stand above it by now
        author = people.accounts[entry["author"]]
        for column, text in columns(**entry["fields"]).items():
            setattr(draft, column, text)
        draft.save_revision(user=author)
        workflow.start(draft, author)
