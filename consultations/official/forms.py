"""The form of an official answer: languages side by side, half written as long as it must be."""

from typing import Any

from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet, OfficialAnswer
from consultations.official.refusals import TargetElsewhere
from consultations.official.services import keep_answer
from consultations.roadmap.models import Commitment
from partnership.pages.editing import ThingForm


class OfficialAnswerForm(ThingForm):
    """What is asked for in every language is asked when the cities are to sign it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sheet"].queryset = self._sheets()
        fields["sheet"].disabled = bool(self.instance.pk)
        fields["sheet"].empty_label = None
        promises = Commitment.objects.select_related("roadmap").order_by("-roadmap__year", "number")
        fields["commitments"].queryset = promises
        if self.instance.sheet_id:
            page = self.instance.sheet.consultation
            fields["theme"].queryset = fields["theme"].queryset.filter(consultation=page)

    def _sheets(self) -> Any:
        sheets = AnswerSheet.objects.select_related("consultation")
        if self.for_user is None or self.for_user.is_superuser:
            return sheets
        own = ConsultationPage.objects.of_moderator(self.for_user)
        return sheets.filter(consultation__in=own.values("pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sheet = cleaned.get("sheet") or self.instance.sheet
        for name in ("statement", "contribution", "question", "theme"):
            target = cleaned.get(name)
            if target is not None and target.consultation_id != sheet.consultation_id:
                self.add_error(name, str(TargetElsewhere()))
        return cleaned

    def save(self, commit: bool = True) -> OfficialAnswer:
        """Keep it; what the cities had signed before is void."""
        self.confirm_by_hand()
        promises = self.cleaned_data.get("commitments")
        return keep_answer(self.instance, commitments=promises, by=self.for_user)
