"""The statements residents propose, as cards of the one queue."""

from typing import Any

from consultations.models import Statement
from consultations.moderation.models import ReasonTemplate
from consultations.proposals.forms import ProposalDecisionForm
from consultations.proposals.similarity import similar_statements


def entries_of(
    statements: Any, refused: ProposalDecisionForm | None = None
) -> list[dict[str, Any]]:
    """Each proposal with its form and what is there already, asked for once a consultation."""
    asked: dict[int, list[Statement]] = {}
    templates = list(ReasonTemplate.objects.offered()) if statements else []
    entries = []
    for statement in statements:
        page = statement.consultation
        if page.pk not in asked:
            asked[page.pk] = list(page.statements.asked())
        form = ProposalDecisionForm(statement=statement, templates=templates)
        if refused is not None and refused.statement == statement:
            form = refused
        similar = similar_statements(
            asked[page.pk], statement.original_text, language_code=statement.language_code
        )
        form.offer(asked[page.pk], like=similar)
        entries.append({"statement": statement, "form": form, "similar": similar})
    return entries
