// Letters decide about the text that has the focus; without scripts the same buttons do it.
const queue = document.querySelector("[data-queue]");
const typing = "input:not([type=checkbox]), textarea, select";

function cardOf(element) {
  return element.closest("[data-card]");
}

function go(card, step) {
  const cards = [...queue.querySelectorAll("[data-card]")];
  const next = cards[cards.indexOf(card) + step];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(card, value) {
  const button = card.querySelector(`button[value="${value}"]`);
  if (button) button.click();
}

function writeTheReason(card) {
  const field = card.querySelector("select[name$=template]");
  if (!field) return;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.focus();
}

const keys = {
  j: (card) => go(card, 1),
  k: (card) => go(card, -1),
  x: (card) => card.querySelector("[data-tick]")?.click(),
  p: (card) => press(card, "publish"),
  l: (card) => press(card, "keep"),
  h: writeTheReason,
};

function hear(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
  const card = cardOf(event.target);
  const act = card && keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(card);
}

function ticks() {
  return [...queue.querySelectorAll("[data-tick]")];
}

// One press ticks all, another one none; what is ticked one by one shows in it.
function tickAllWith(line) {
  const box = line.querySelector("input");
  const show = () => {
    const ticked = ticks().filter((tick) => tick.checked).length;
    box.checked = ticked > 0 && ticked === ticks().length;
    box.indeterminate = ticked > 0 && !box.checked;
  };
  box.addEventListener("change", () => {
    for (const tick of ticks()) tick.checked = box.checked;
  });
  queue.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick]")) show();
  });
  line.hidden = false;
  show();
}

// Hiding needs a reason: without one the button leads to where it is written.
function askForTheReason(event) {
  const form = document.querySelector("#together");
  const fields = [...form.querySelectorAll("select, textarea")];
  if (!fields.length || fields.some((field) => field.value.trim())) return;
  event.preventDefault();
  form.closest("details").open = true;
  fields[0].focus();
}

if (queue) {
  for (const line of queue.querySelectorAll("[data-tick-all]")) tickAllWith(line);
  queue.querySelector("[data-needs-reason]")?.addEventListener("click", askForTheReason);
  queue.addEventListener("keydown", hear);
  for (const told of document.querySelectorAll("[data-keys]")) told.hidden = false;
  const refused = queue.querySelector(".error-message");
  const first = refused ? cardOf(refused) : queue.querySelector("[data-card]");
  if (first && !document.querySelector("#together .error-message")) first.focus({ preventScroll: !refused });
}
