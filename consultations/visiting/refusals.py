"""Why an address cannot be used here, in sentences for the reader."""

from django.utils.translation import gettext_lazy as _

from consultations.refusals import NotPossibleNow


class AddressSpent(NotPossibleNow):
    """Somebody with this address has taken part here and erased themselves."""

    code = "address_spent"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody with this address has taken part here and was erased since. What they "
                "said is counted, so it cannot be said once more."
            )
        )
