/* Sets the pin of a map and stays on the page: the form goes where it would go, and of what comes
   back only the field of the map is put in. Without it, or when that fails, the whole page comes. */

const FIELD = ".map-field";

/* A browser that cannot tell where a map was pressed sends the form itself. */
function told(form, button) {
  const sent = new FormData(form, button);
  return sent.has(button.name) || sent.has(`${button.name}.x`) ? sent : null;
}

async function fetched(button, sent, field) {
  const answer = await fetch(button.formAction, { method: "POST", body: sent });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(field.id);
  if (!fresh) throw new Error("Another page came.");
  return document.adoptNode(fresh);
}

function showPin(field) {
  const sheet = field.querySelector(".map-window");
  const pin = field.querySelector("[id$='-pin']:is(rect)");
  if (!pin) return;
  const [around, seen] = [pin.getBoundingClientRect(), sheet.getBoundingClientRect()];
  sheet.scrollLeft += around.left + around.width / 2 - seen.left - seen.width / 2;
  sheet.scrollTop += around.top + around.height / 2 - seen.top - seen.height / 2;
}

/* To the button that was pressed, or to the map when it is gone. */
function focusAgain(field, button) {
  const buttons = [...field.querySelectorAll("button")];
  const same = buttons.find((one) => one.name === button.name && one.value === button.value);
  const maps = [...field.querySelectorAll("input[type=image]")];
  const next = same ?? maps.find((one) => one.offsetParent) ?? buttons[0];
  next?.focus({ preventScroll: true });
}

/* Screen readers say what changes in such a part, not what it brings along. */
function sayAloud(field) {
  for (const part of field.querySelectorAll("[role=status], [role=alert]")) {
    const words = [...part.childNodes];
    part.replaceChildren();
    setTimeout(() => part.replaceChildren(...words), 100);
  }
}

/* As if there were no script: with the place that was pressed in fields of their own. */
function sendWhole(form, button, sent) {
  const own = new FormData(form);
  for (const [name, value] of sent) {
    if (own.has(name)) continue;
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name, value });
    form.append(pressed);
  }
  form.action = button.formAction;
  form.submit();
}

async function press(form, button, sent, field) {
  field.setAttribute("aria-busy", "true");
  let fresh;
  try {
    fresh = await fetched(button, sent, field);
  } catch {
    sendWhole(form, button, sent);
    return;
  }
  field.replaceWith(fresh);
  showPin(fresh);
  focusAgain(fresh, button);
  sayAloud(fresh);
}

for (const form of document.querySelectorAll(`form:has(${FIELD})`)) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const field = button?.closest(FIELD);
    if (form.querySelector(`${FIELD}[aria-busy]`)) {
      event.preventDefault(); // one press at a time
      return;
    }
    const sent = field && told(form, button);
    if (!sent) return;
    event.preventDefault();
    press(form, button, sent, field);
  });
}
