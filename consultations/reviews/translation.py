"""What of annual reviews is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.reviews.models import AnnualReview, CommitmentReview


@register(AnnualReview)
class AnnualReviewTranslation(TranslationOptions):
    fields = ("foreword", "went_well", "went_badly", "to_change")


@register(CommitmentReview)
class CommitmentReviewTranslation(TranslationOptions):
    fields = ("why",)
