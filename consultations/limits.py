"""How often somebody may write something that others will read."""

from partnership.limits import Limit

QUARTER = 15 * 60

COMMENTS = Limit("consultations.comment", per_person=10, per_address=60, seconds=QUARTER)
PROPOSALS = Limit("consultations.propose", per_person=6, per_address=40, seconds=QUARTER)
#: A library lets many people in within a quarter of an hour; codes are too many to be guessed so.
CODES = Limit("consultations.code", per_person=15, per_address=60, seconds=QUARTER)
IDEAS = Limit("consultations.idea", per_person=6, per_address=40, seconds=QUARTER)
REPORTS = Limit("consultations.report", per_person=20, per_address=60, seconds=QUARTER)
#: Of files that have to be made; one that is kept costs nothing.
OPEN_DATA = Limit("consultations.open_data", per_person=30, per_address=60, seconds=QUARTER)
APPEALS = Limit("moderation.appeal", per_person=10, per_address=40, seconds=QUARTER)
