// Number keys tick themes and Enter sends, while the keyboard is in the form; without scripts
// the same boxes and the same button do it.
const form = document.querySelector("[data-coding]");

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (box) {
    box.checked = !box.checked;
    box.focus();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target.type === "checkbox") {
    event.preventDefault();
    form.requestSubmit();
  }
}

if (form) {
  form.addEventListener("keydown", press);
  const first = form.querySelector("[data-key]") || form.querySelector("button");
  if (first) first.focus();
}
