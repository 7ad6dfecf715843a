/* A link to a field leads there when the field stands under another tab, too. */

const SOON = 200; // milliseconds, until the other tab is open

function leadTo(goal) {
  (goal.closest(".w-panel__wrapper, .words") ?? goal).scrollIntoView({ block: "center" });
  goal.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const goal = link && document.getElementById(link.hash.slice(1));
  const sheet = goal?.closest("[role='tabpanel'][hidden]");
  if (!sheet) return;
  event.preventDefault();
  document.querySelector(`[role='tab'][aria-controls='${sheet.id}']`)?.click();
  setTimeout(leadTo, SOON, goal);
});
