// Looks again every few seconds while something is being made; without scripts a link does it.
const PAUSE = 3000;

async function look() {
  const shown = document.querySelector("[data-under-way]");
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-under-way]");
    if (answer.ok && !fresh) {
      location.reload();
      return;
    }
    const bar = fresh?.querySelector("progress");
    if (bar) shown.querySelector("progress").value = bar.value;
  } catch {
    // No network for a moment: the next look may have one.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
