"""What the text of a page is made of; one stream per language, so no block is translated."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ("h3", "bold", "italic", "link", "ol", "ul", "document-link")


class LinkValue(StructValue):
    """A link that knows where it leads and what it is called."""

    @cached_property
    def url(self) -> str:
        """The page's address in the reader's language, else the written one."""
        page = self["page"]
        return (page.url or "") if page else self["address"]

    @cached_property
    def text(self) -> str:
        """The written label; without one the page's title or the address itself."""
        page = self["page"]
        return self["label"] or (page.title if page else self["address"])


class LinkBlock(StructBlock):
    """One link: to a page of this site, or to an address elsewhere."""

    page = PageChooserBlock(required=False, label=_("page"))
    address = URLBlock(required=False, label=_("or an address elsewhere"))
    label = CharBlock(required=False, max_length=120, label=_("words of the link"))

    class Meta:
        icon = "link"
        label = _("link")
        value_class = LinkValue

    def clean(self, value: StructValue) -> StructValue:
        cleaned: StructValue = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise StructBlockValidationError(
                non_block_errors=[_("Choose a page or write an address, one of the two.")]
            )
        return cleaned


class LinksBlock(StructBlock):
    """A short list of links under a heading."""

    heading = CharBlock(required=False, max_length=120, label=_("heading"))
    links = ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("list of links")
        template = "blocks/links.html"


class PhotoBlock(StructBlock):
    """A photograph; what a screen reader says is written with the photograph, per language."""

    photo = ImageChooserBlock(label=_("photo"))
    caption = CharBlock(required=False, max_length=250, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("photo")
        template = "blocks/photo.html"


class QuoteBlock(StructBlock):
    """Somebody's words and who said them."""

    words = TextBlock(label=_("words"))
    speaker = CharBlock(required=False, max_length=120, label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "blocks/quote.html"


class FactBlock(StructBlock):
    """One line of a table of facts."""

    name = CharBlock(max_length=120, label=_("what"))
    value = TextBlock(label=_("fact"))


class FactsBlock(StructBlock):
    """A small table: on the left what it is, on the right the fact."""

    heading = CharBlock(max_length=120, label=_("heading"))
    facts = ListBlock(FactBlock(), label=_("facts"))

    class Meta:
        icon = "table"
        label = _("table of facts")
        template = "blocks/facts.html"


class DownloadBlock(StructBlock):
    """One file to take away."""

    document = DocumentChooserBlock(label=_("file"))
    label = CharBlock(required=False, max_length=120, label=_("words of the link"))


class DownloadsBlock(StructBlock):
    """Files to take away."""

    heading = CharBlock(required=False, max_length=120, label=_("heading"))
    files = ListBlock(DownloadBlock(), label=_("files"))

    class Meta:
        icon = "download"
        label = _("downloads")
        template = "blocks/downloads.html"


def _named(block: CharBlock) -> CharBlock:
    """Tell what it is to those who do not see the block: Wagtail labels only parts."""
    block.field.widget.attrs["aria-label"] = capfirst(block.label)
    return block


#: The body of every page: ``StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))``.
BODY_BLOCKS: tuple[tuple[str, Any], ...] = (
    (
        "heading",
        _named(
            CharBlock(icon="h2", label=_("heading"), max_length=120, template="blocks/heading.html")
        ),
    ),
    ("text", RichTextBlock(label=_("text"), features=list(TEXT_FEATURES))),
    ("photo", PhotoBlock()),
    ("quote", QuoteBlock()),
    ("links", LinksBlock()),
    ("facts", FactsBlock()),
    ("downloads", DownloadsBlock()),
)
