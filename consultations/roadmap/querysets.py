"""Which roadmaps, which commitments, which evidence; and what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from consultations.joined import keep
from consultations.roadmap.enums import LATE, OUTSTANDING, STATES_BY_LOOK, CommitmentStatus
from partnership.pages.access import open_to_all
from partnership.pages.languages import active, field_names, localized

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage
    from partnership.cities.models import City

TARGETS = ("statement", "contribution", "question", "event", "consultation")

#: What tells the first programme or campaign that serves a promise, by the column of its page.
FIRST_INITIATIVE = {
    f"initiative_{column}": column
    for column in ("url_path", *field_names("title"), *field_names("local_path"))
}


def is_late_on(today: date, path: str = "") -> Q:
    """The condition "past due and not finished"; ``path`` leads to the commitment."""
    return Q(**{f"{path}status__in": OUTSTANDING, f"{path}due_on__lt": today})


class RoadmapQuerySet(PageQuerySet):
    """Roadmaps, one for each year."""

    def newest_first(self) -> Self:
        """Published roadmaps, the latest year first."""
        return self.live().order_by("-year")

    def current(self, today: date) -> "RoadmapPage | None":
        """Return this year's roadmap, else the last one before, else the first to come."""
        published = self.live()
        so_far = published.filter(year__lte=today.year).order_by("-year").first()
        return so_far or published.order_by("year").first()

    def editable_by(self, user: Any) -> Self:
        """Of a city the editor works for, or joint."""
        if user.is_superuser:
            return self
        own = Q(cities__in=user.edits_for.all()) | Q(cities=None)
        return self.filter(own).distinct()

    def with_reviews(self) -> Self:
        """Add ``has_review``: whether readers find a review of the year that every city signed."""
        reviews: Any = self.model._meta.get_field("annual_review").related_model
        signed = reviews.objects.signed().readable().filter(roadmap=OuterRef("pk"))
        return self.annotate(has_review=Exists(signed))

    def with_commitment_counts(self, today: date) -> Self:
        """Add ``commitments_count`` and one count per look: ``done_count``, ``late_count`` ..."""
        late = is_late_on(today, "commitments__")
        counts: dict[str, Any] = {"commitments_count": Count("commitments")}
        for look, states in STATES_BY_LOOK.items():
            condition = Q(commitments__status__in=states) & ~late if LATE not in states else late
            counts[f"{look}_count"] = Count("commitments", filter=condition)
        return self.annotate(**counts)


class CommitmentQuerySet(models.QuerySet):
    """Promises of a roadmap."""

    def with_state(self, today: date) -> Self:
        """Add ``state``: the status, or ``late`` when it is past due and not finished."""
        state = Case(
            When(is_late_on(today), then=Value(LATE)),
            default=F("status"),
            output_field=models.CharField(),
        )
        return self.annotate(state=state)

    def late(self, today: date) -> Self:
        """Past due and not finished."""
        return self.filter(is_late_on(today))

    def editable_by(self, user: Any) -> Self:
        """On the roadmap of a city the editor works for, or on a joint one."""
        if user.is_superuser:
            return self
        roadmaps: Any = self.model._meta.get_field("roadmap").related_model
        return self.filter(roadmap__in=roadmaps.objects.editable_by(user).values("pk"))

    def public(self) -> Self:
        """On roadmaps that everybody may read; brings these along."""
        return self.filter(open_to_all("roadmap__"), roadmap__live=True).select_related("roadmap")

    def kept(self) -> Self:
        """What readers have seen, but for a proposal that goes back to nothing yet."""
        seen = Q(roadmap__live=True) | Q(roadmap__first_published_at__isnull=False)
        is_cited = Q(evidence__isnull=False) | Q(official_answers__isnull=False)
        is_cited |= Q(served_by__page__live=True)
        promised = ~Q(status=CommitmentStatus.PROPOSED)
        return self.filter(seen, promised | is_cited).distinct()

    def with_evidence_count(self) -> Self:
        """Add ``evidence_count``: how many things each commitment cites."""
        return self.annotate(evidence_count=Count("evidence"))

    def with_leads(self) -> Self:
        """Fetch who leads; one query."""
        return self.prefetch_related("led_by")

    def led_among(self, cities: Sequence["City"]) -> list[Any]:
        """Return the commitments with those of the cities who lead; no query beside theirs.

        For pages that have every city at hand.
        """
        led_by: Any = self.model._meta.get_field("led_by")
        pairs = led_by.remote_field.through._default_manager
        of_this = pairs.filter(commitment=OuterRef("pk"))
        asked = {f"is_led_by_{each.pk}": Exists(of_this.filter(city=each.pk)) for each in cities}
        commitments = list(self.annotate(**asked))
        for entry in commitments:
            leads = [each for each in cities if getattr(entry, f"is_led_by_{each.pk}")]
            keep(entry, "led_by", leads)
        return commitments

    def with_evidence(self) -> Self:
        """Fetch what readers can see of the evidence, and the lessons of a debrief if there is one.

        A query each.
        """
        links: Any = self.model._meta.get_field("evidence").related_model
        debriefs: Any = self.model._meta.get_field("debrief").related_model
        lessons: Any = debriefs._meta.get_field("lessons").related_model
        whole = lessons.objects.with_versions().with_what_was_seen()
        return self.select_related("debrief").prefetch_related(
            Prefetch("evidence", queryset=links.objects.public().with_targets()),
            Prefetch("debrief__lessons", queryset=whole),
        )

    def with_threats(self) -> Self:
        """Add how many open public risks threaten it, and key and title of the gravest."""
        risks: Any = self.model._meta.get_field("risks").related_model
        found = risks.objects.public().open().filter(threatens=OuterRef("pk"))
        gravest = found.gravest_first()
        counted = found.order_by().values("threatens").annotate(number=Count("pk"))
        return self.annotate(
            risks_count=Coalesce(Subquery(counted.values("number")), 0),
            gravest_risk=Subquery(gravest.values("pk")[:1]),
            gravest_risk_title=Subquery(gravest.values(localized("event", active()))[:1]),
        )

    def with_verdicts(self) -> Self:
        """Add what the signed review of the year says of each, in columns named ``verdict...``.

        ``verdict_number`` and ``verdict_year`` say where one that was carried over goes on, once
        readers know that roadmap.
        """
        rows: Any = self.model._meta.get_field("judgements").related_model
        said = rows.objects.filter(commitment=OuterRef("pk"), review__signed_at__isnull=False)
        why = [Subquery(said.values(name)[:1]) for name in field_names("why")]
        columns = dict(zip((f"verdict_{name}" for name in field_names("why")), why, strict=True))
        roadmap = "carried_into__roadmap__"
        known = said.filter(open_to_all(roadmap), **{f"{roadmap}live": True})
        return self.annotate(
            verdict=Subquery(said.values("verdict")[:1]),
            verdict_number=Subquery(known.values("carried_into__number")[:1]),
            verdict_year=Subquery(known.values(f"{roadmap}year")[:1]),
            **columns,
        )

    def with_carried_over(self) -> Self:
        """Add ``is_carried_over``: whether the signed review of the year says so."""
        rows: Any = self.model._meta.get_field("judgements").related_model
        said = {"verdict": "carried_over", "review__signed_at__isnull": False}
        own = rows.objects.filter(commitment=OuterRef("pk"), **said)
        return self.annotate(is_carried_over=Exists(own))

    def with_initiatives(self) -> Self:
        """Add how many programmes and campaigns serve it, and what a link to the first needs.

        ``FIRST_INITIATIVE`` names it: the page of a year has no query to spare.
        """
        served: Any = self.model._meta.get_field("served_by").related_model
        found = served.objects.by_published().filter(commitment=OuterRef("pk")).order_by("pk")
        counted = found.order_by().values("commitment").annotate(number=Count("pk"))
        first = {
            annotation: Subquery(found.values(f"page__{column}")[:1])
            for annotation, column in FIRST_INITIATIVE.items()
        }
        return self.annotate(
            initiatives_count=Coalesce(Subquery(counted.values("number")), 0), **first
        )

    def with_disagreements(self) -> Self:
        """Add ``disagreement``: the key of one under way that readers are told everything of."""
        disputes: Any = apps.get_model("disputes", "Dispute")
        found = disputes.objects.told().filter(commitment=OuterRef("pk"), settled_at=None)
        return self.annotate(disagreement=Subquery(found.order_by("pk").values("key")[:1]))

    def with_changes(self) -> Self:
        """Fetch what every city signed to be promised otherwise, the newest first; one query."""
        changes: Any = self.model._meta.get_field("promise_changes").related_model
        return self.prefetch_related(Prefetch("promise_changes", queryset=changes.objects.made()))

    def with_decisions(self) -> Self:
        """Fetch the public decisions of committees they go back to, as ``decided``; one query."""
        decisions: Any = self.model._meta.get_field("decisions").related_model
        found = Prefetch("decisions", queryset=decisions.objects.public(), to_attr="decided")
        return self.prefetch_related(found)

    def with_money(self) -> Self:
        """Fetch what each city pays for it; one query."""
        lines: Any = self.model._meta.get_field("budget_lines").related_model
        in_order = lines.objects.select_related("city").order_by("sort_order", "pk")
        return self.prefetch_related(Prefetch("budget_lines", queryset=in_order))

    def with_delivery(self) -> Self:
        """Fetch money and what was measured, in a query each, and add ``has_milestones``.

        The list ``measures`` has a row for each reading.
        """
        indicators: Any = self.model._meta.get_field("indicators").related_model
        milestones: Any = self.model._meta.get_field("milestones").related_model
        own = milestones.objects.filter(commitment=OuterRef("pk"))
        measures = indicators.objects.with_each_reading()
        return (
            self.with_money()
            .annotate(has_milestones=Exists(own))
            .prefetch_related(Prefetch("indicators", queryset=measures, to_attr="measures"))
        )

    def in_order(self) -> Self:
        """By their due day, then by their number."""
        return self.order_by("due_on", "number")


class EvidenceLinkQuerySet(models.QuerySet):
    """From a commitment to the words and events it answers."""

    def public(self) -> Self:
        """Only what every reader can still find.

        Nothing hidden, withdrawn or unpublished, no reply to what is hidden, and nothing of
        pages that are for some people only.
        """
        consultations, events = self._open_pages("consultation"), self._open_pages("event")
        has_a_place = Q(contribution__parent=None) | Q(
            contribution__parent__publication_status__in=("published", "withdrawn")
        )
        return self.filter(
            Q(statement__publication_status="published", statement__consultation__in=consultations)
            | Q(
                has_a_place,
                contribution__publication_status="published",
                contribution__consultation__in=consultations,
            )
            | Q(question__consultation__in=consultations)
            | Q(event__in=events)
            | Q(consultation__in=consultations)
        )

    def _open_pages(self, name: str) -> models.QuerySet:
        pages: Any = self.model._meta.get_field(name).related_model
        return pages.objects.live().filter(open_to_all()).values("pk")

    def of_published_roadmaps(self) -> Self:
        """Only from commitments that readers can see."""
        roadmap = "commitment__roadmap__"
        return self.filter(open_to_all(roadmap), **{f"{roadmap}live": True})

    def with_targets(self) -> Self:
        """Fetch what each link cites in the same query."""
        return self.select_related(
            "statement__consultation",
            "contribution__consultation",
            "question__consultation",
            "event",
            "consultation",
        )

    def about(self, consultation: Any) -> Self:
        """Links to the consultation or to anything said in it."""
        return self.filter(
            Q(consultation=consultation)
            | Q(statement__consultation=consultation)
            | Q(contribution__consultation=consultation)
            | Q(question__consultation=consultation)
        )
