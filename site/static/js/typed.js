/* What was typed is still there when its reader changes the language: it is kept in this tab,
   from the click on the other language until the form is there again, and nowhere else. */

const OWN = ["csrfmiddlewaretoken", "form_token", "homepage", "language_code"];

function typed(form) {
  return [...new FormData(form)].filter(([name]) => !OWN.includes(name));
}

function write(form, values) {
  const left = new Map();
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || OWN.includes(field.name) || field.type === "hidden") continue;
    const given = left.get(field.name) ?? [];
    const isTicked = field.type === "radio" || field.type === "checkbox";
    if (isTicked) field.checked = given.includes(field.value);
    else if (field.type !== "submit") field.value = given.shift() ?? "";
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
