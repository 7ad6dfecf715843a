/* Hides the questions that do not follow from the answers so far. Without it all of them are
   shown, each with the answer it is for; the server decides by itself which ones count. */

function follow(form) {
  const answers = new FormData(form);
  const left_out = new Set();
  for (const asked of form.querySelectorAll("[data-question]")) {
    const rule = asked.dataset.shownIf;
    if (rule) {
      const [question, answer] = rule.split("=");
      const given = left_out.has(question) ? [] : answers.getAll(question);
      asked.hidden = !given.includes(answer);
      if (asked.hidden) left_out.add(asked.dataset.question);
    }
  }
}

for (const form of document.querySelectorAll("form:has([data-shown-if])")) {
  form.addEventListener("change", () => follow(form));
  follow(form);
}
