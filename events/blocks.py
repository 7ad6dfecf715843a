"""What the text of an event is made of; one stream per language, so no block is translated."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockQuoteBlock, RichTextBlock
from wagtail.images.blocks import ImageBlock

FEATURES = ("h2", "h3", "bold", "italic", "link", "ol", "ul", "document-link")

EVENT_BODY = (
    ("text", RichTextBlock(label=_("text"), features=list(FEATURES))),
    ("photo", ImageBlock(label=_("photo"))),
    ("quote", BlockQuoteBlock(label=_("quotation"))),
)
