// Given what is sought: is the focus there, is what is sought above it, and can the focus be seen?
target => {
  const focused = document.activeElement;
  const isNowhere = !focused || focused === document.body;
  const inOneGroup = (a, b) =>
    [a, b].every(one => one.type === "radio") && a.name === b.name && a.form === b.form;

  const hasOutline = element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  // A card may be outlined as a whole when the link that covers it is focused.
  const isMarked = element => {
    for (let one = element; one; one = one.parentElement) if (hasOutline(one)) return true;
    return false;
  };
  // WCAG 2.4.11: nothing lies over all of it, and it is within the window.
  const isInSight = element =>
    [...element.getClientRects()].some(box =>
      [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([across, down]) => {
        const hit = document.elementFromPoint(
          box.left + box.width * across, box.top + box.height * down);
        return hit && (element.contains(hit) || hit.contains(element) && hit.matches("label"));
      }));

  const whyUnseen = () => {
    if (isNowhere) return "";
    const what = focused.outerHTML.slice(0, 160);
    if (!isMarked(focused)) return `not marked: ${what}`;
    return isInSight(focused) ? "" : `out of sight: ${what}`;
  };
  return {
    is_here: target === focused || inOneGroup(target, focused),
    is_above: !isNowhere && !!(
      focused.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING),
    unseen: whyUnseen(),
  };
}
