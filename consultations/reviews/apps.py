"""The annual review of the roadmap."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "consultations.reviews"
    label = "reviews"
    verbose_name = _("annual reviews")

    def ready(self) -> None:
        from consultations.reviews import open_data, overdue, services, signing
        from consultations.reviews.finding import REVIEWS
        from consultations.reviews.models import AnnualReview
        from consultations.roadmap.open_data import add_table
        from partnership import continuity
        from partnership.ledger import kinds
        from partnership.pages import finding

        reviews = kinds.Kind(
            content=signing.content_of,
            title=signing.title_of,
            address=signing.address_of,
            rows=signing.rows_of,
            cities=signing.cities_of,
            approved=services.keep_as_signed,
            shown=signing.shown_in_the_log,
        )
        kinds.register(AnnualReview, reviews)
        finding.register(REVIEWS, order=12)
        continuity.register(overdue.CHECK, order=25)
        add_table("review", open_data.review_table)
