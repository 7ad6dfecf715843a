"""One language's blocks for another's text: pictures and links stay, words are left empty."""

from typing import Any

from wagtail.blocks import (
    BaseStreamBlock,
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamValue,
    StructBlock,
    TextBlock,
)


def copy_structure(source: Any, *, onto: Any) -> Any:
    """Return the target's blocks and, after them, those of the source that it has not got yet.

    Nothing that is written is touched. Anything but two streams is returned as it is.
    """
    if not isinstance(source, StreamValue) or not isinstance(onto, StreamValue):
        return onto
    blocks = source.stream_block
    kept = blocks.get_prep_value(onto)
    missing = blocks.get_prep_value(source)[len(kept) :]
    return blocks.to_python([*kept, *(_emptied(raw, blocks) for raw in missing)])


def _emptied(raw: dict[str, Any], blocks: BaseStreamBlock) -> dict[str, Any]:
    return {"type": raw["type"], "value": _without_words(raw["value"], _child(blocks, raw["type"]))}


def _child(blocks: Any, name: str) -> Block:
    return blocks.child_blocks[name]


def _without_words(value: Any, block: Block) -> Any:
    """What a language has of its own becomes empty; facts, such as a picture, are kept."""
    if isinstance(block, StructBlock):
        return {name: _without_words(value.get(name), _child(block, name)) for name in value}
    if isinstance(block, ListBlock):
        items = (each["value"] if isinstance(each, dict) else each for each in value)
        return [
            {"type": "item", "value": _without_words(item, block.child_block)} for item in items
        ]
    return "" if isinstance(block, CharBlock | TextBlock | RichTextBlock) else value
