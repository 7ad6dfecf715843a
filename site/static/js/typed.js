/* What was typed is still there when its reader changes the language: it is kept in this tab,
   from the click on the other language until the form is there again, and nowhere else. */

const OWN = ["csrfmiddlewaretoken", "form_token", "homepage", "leave_this_empty"];

const LANGUAGE = "language_code";

/* A language starts as the one of the page and goes along with it, unless another was chosen. */
function goesWithThePage(field) {
  return field.name === LANGUAGE && field.value === document.documentElement.lang;
}

function isKept(field) {
  return field.name && !OWN.includes(field.name) && field.type !== "password";
}

function typed(form) {
  const fields = [...form.elements].filter(isKept);
  const names = new Set(fields.map((field) => field.name));
  if (fields.some((field) => field.checked && goesWithThePage(field))) names.delete(LANGUAGE);
  return [...new FormData(form)].filter(([name]) => names.has(name));
}

/* What is folded away opens where something was typed: nobody sends what they do not see. */
function write(form, values) {
  const left = new Map();
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!isKept(field) || field.type === "hidden") continue;
    if (field.name === LANGUAGE && !left.has(field.name)) continue;
    const given = left.get(field.name) ?? [];
    const isTicked = field.type === "radio" || field.type === "checkbox";
    if (isTicked) field.checked = given.includes(field.value);
    else if (field.type !== "submit") field.value = given.shift() ?? "";
    if (!isTicked && field.value) field.closest("details")?.setAttribute("open", "");
  }
  form.dispatchEvent(new Event("change"));
}

for (const form of document.querySelectorAll("form[data-typed]")) {
  const place = `typed:${form.dataset.typed}`;
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (kept) write(form, JSON.parse(kept));
  for (const link of document.querySelectorAll(".langs a[hreflang]:not([aria-current])")) {
    link.addEventListener("click", () => {
      sessionStorage.setItem(place, JSON.stringify(typed(form)));
    });
  }
}
