"""What of risks and plans is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.risks.models import ContingencyPlan, PlanDuty, Risk, RiskOwner, RiskRating


@register(Risk)
class RiskTranslation(TranslationOptions):
    fields = ("event", "cause", "effect", "measures", "reason")


@register(RiskRating)
class RiskRatingTranslation(TranslationOptions):
    fields = ("reason",)


@register(RiskOwner)
class RiskOwnerTranslation(TranslationOptions):
    fields = ("office",)


@register(ContingencyPlan)
class ContingencyPlanTranslation(TranslationOptions):
    fields = ("trigger", "first_action", "second_action", "third_action")


@register(PlanDuty)
class PlanDutyTranslation(TranslationOptions):
    fields = ("first_by", "second_by", "third_by")
