"""The editing screen of a protocol: its kind, and the way to its versions."""

from typing import Any

from wagtail.admin.panels import Panel

from partnership.pages.editing import PageForm


class ProtocolForm(PageForm):
    """What every city has signed as one kind of protocol stays of that kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_stored = self.instance.pk is not None and "kind" in self.fields
        if is_stored and self.instance.versions.signed().exists():
            self.fields["kind"].disabled = True


class VersionsPanel(Panel):
    """On the screen of a protocol: its versions, and the way to write the next one."""

    class BoundPanel(Panel.BoundPanel):
        """Nothing to write before the page is kept."""

        template_name = "protocols/admin/versions.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            versions = list(self.instance.versions.all()) if self.instance.pk else []
            return {
                **context,
                "protocol": self.instance,
                "versions": versions,
                "has_draft": any(not version.is_signed for version in versions),
            }
