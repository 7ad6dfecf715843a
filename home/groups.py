"""What the groups may do in all rooms, from the first day and after every migration."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connections

from consultations.analysis.groups import ensure_groups as ensure_coders
from consultations.codes.groups import ensure_groups as ensure_code_makers
from consultations.drafts.groups import ensure_groups as ensure_writers_of_drafts
from consultations.groups import ensure_groups as ensure_moderators
from consultations.maps.groups import ensure_groups as ensure_keepers_of_maps
from consultations.moderation.groups import ensure_groups as ensure_reason_keepers
from consultations.official.groups import ensure_groups as ensure_answerers
from consultations.reviews.groups import ensure_groups as ensure_reviewers
from consultations.risks.groups import ensure_groups as ensure_risk_keepers
from consultations.roadmap.groups import ensure_groups as ensure_analysts
from consultations.snapshots.groups import ensure_groups as ensure_publishers_of_results
from events.boards.groups import ensure_groups as ensure_board_keepers
from events.drills.groups import ensure_groups as ensure_drill_leaders
from events.questions.groups import ensure_groups as ensure_chairs
from events.registrations.groups import ensure_groups as ensure_hosts
from events.reports.groups import ensure_groups as ensure_reporters
from home.alerts.groups import ensure_groups as ensure_alerters
from home.ambassadors.groups import ensure_groups as ensure_readers_of_ambassadors
from home.archive.groups import ensure_groups as ensure_archivists
from home.committees.groups import ensure_groups as ensure_committee_keepers
from home.continuity.groups import ensure_groups as ensure_keepers_of_the_bond
from home.disputes.groups import ensure_groups as ensure_dispute_keepers
from home.news.groups import ensure_groups as ensure_greeters
from home.partners.groups import ensure_groups as ensure_keepers_of_partners
from home.partners.voices.groups import ensure_groups as ensure_givers_of_voices
from home.protocols.groups import ensure_groups as ensure_writers_of_protocols
from partnership.cities.groups import ensure_groups as ensure_namers_of_places
from partnership.ledger.groups import ensure_groups as ensure_signers
from partnership.pages.groups import ensure_groups as ensure_editors
from partnership.pages.groups import groups_are_there
from partnership.pages.models import GivenPermission

#: What each room lets the groups do.
ROOMS = (
    ensure_moderators,
    ensure_code_makers,
    ensure_reason_keepers,
    ensure_analysts,
    ensure_risk_keepers,
    ensure_reviewers,
    ensure_hosts,
    ensure_drill_leaders,
    ensure_signers,
    ensure_answerers,
    ensure_coders,
    ensure_board_keepers,
    ensure_reporters,
    ensure_chairs,
    ensure_archivists,
    ensure_keepers_of_the_bond,
    ensure_committee_keepers,
    ensure_writers_of_protocols,
    ensure_dispute_keepers,
    ensure_alerters,
    ensure_keepers_of_partners,
    ensure_givers_of_voices,
    ensure_greeters,
    ensure_readers_of_ambassadors,
    ensure_publishers_of_results,
    ensure_namers_of_places,
    ensure_writers_of_drafts,
    ensure_keepers_of_maps,
)


def ensure_groups() -> None:
    """Make the groups of a new site; the first takes away what Wagtail gave too freely."""
    ensure_editors()
    for ensure in ROOMS:
        ensure()


def after_migrations(using: str, **_signal: Any) -> None:
    """Bring a site in use what a new version lets its groups do; a new site has no groups yet."""
    tables = set(connections[using].introspection.table_names())
    if not {"auth_group", GivenPermission._meta.db_table} <= tables or not groups_are_there():
        return
    for ensure in ROOMS:
        with suppress(Permission.DoesNotExist):  # of a room whose own migrations come later
            ensure()
