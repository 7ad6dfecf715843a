// The door of an event on a phone whose network comes and goes. Without this script every button
// is a form that works. With it, who is let in is noted on the phone first and sent when it can
// be, all in one go; the server counts each note once, however often it arrives.
"use strict";

const door = document.querySelector("[data-door]");

if (door && storageWorks() && "randomUUID" in crypto) {
  keepTheDoor(door);
}

function storageWorks() {
  try {
    localStorage.setItem("door", "");
    localStorage.removeItem("door");
    return true;
  } catch {
    return false;
  }
}

function keepTheDoor(door) {
  const AT_ONCE = 100; // the server takes no more
  const PAUSE = 3000; // milliseconds until it is tried again
  const key = `door:${door.dataset.keeper}`; // one person's notes are never sent by another
  const words = door.dataset;
  const list = door.querySelector("[data-door-list]");
  const find = door.querySelector("[data-door-find]");
  const note = door.querySelector("[data-door-kept]");
  const refused = door.querySelector("[data-door-refused]");
  const nobody = door.querySelector("[data-door-nobody]");
  const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
  const rows = new Map(
    [...list.querySelectorAll("[data-party]")].map((row) => [row.dataset.party, row]),
  );
  let isSending = false;
  let isAskedAgain = false; // meanwhile: by a new note, or by the network that came back
  let isSignedOut = false;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key)) || [];
    } catch {
      return [];
    }
  }

  function keep(ticks) {
    if (ticks.length) localStorage.setItem(key, JSON.stringify(ticks));
    else localStorage.removeItem(key);
    tellWhatIsKept(ticks.length);
  }

  function tellWhatIsKept(number) {
    note.hidden = !number;
    note.textContent = `${isSignedOut ? words.signedOut : words.kept} ${number}`;
  }

  function show(code, state, sentence = "") {
    const row = rows.get(code);
    if (!row) return;
    row.classList.toggle("is-kept", state === "kept");
    row.classList.toggle("is-done", state === "in");
    row.querySelector("[data-state]").textContent = sentence;
    const sign = row.querySelector(".check-mark use");
    sign?.setAttribute("href", state === "in" ? "#i-check" : "#i-people");
    row.querySelector("[data-drop]").hidden = state !== "kept";
    const button = row.querySelector("button[name=code]");
    if (button) button.hidden = state !== "out";
  }

  function noteDown(code, people) {
    const tick = { code, people, mark: crypto.randomUUID(), at: new Date().toISOString() };
    keep([...kept(), tick]);
    show(code, "kept", words.waits);
    send();
  }

  async function send() {
    const ticks = kept().slice(0, AT_ONCE);
    if (isSending) isAskedAgain = true;
    if (isSending || !ticks.length) return;
    isSending = true;
    isAskedAgain = false;
    const answer = await sent(ticks);
    isSending = false;
    if (!answer) {
      if (isAskedAgain) send();
      return;
    }
    isSignedOut = false;
    const settled = new Set(answer.outcomes.map((outcome) => outcome.mark));
    keep(kept().filter((tick) => !settled.has(tick.mark)));
    answer.outcomes.forEach(settle);
    door.querySelector("[data-door-count]").textContent = answer.count;
    send();
  }

  async function sent(ticks) {
    try {
      const response = await fetch(words.door, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ ticks }),
      });
      isSignedOut = response.status === 401 || response.status === 403;
      tellWhatIsKept(kept().length);
      return response.ok ? await response.json() : null;
    } catch {
      return null; // no network: it is tried again
    }
  }

  function settle({ code, refused: sentence }) {
    if (!sentence) {
      show(code, "in", words.in);
      return;
    }
    show(code, "out");
    const told = document.createElement("p");
    told.textContent = `${nameOf(code)}: ${sentence}`;
    refused.append(told);
  }

  function nameOf(code) {
    const name = rows.get(code)?.querySelector("bdi")?.textContent;
    return name ? `${name} (${code})` : code;
  }

  function plain(text) {
    const marks = /[\u0300-\u036f]/g;
    return text.normalize("NFKD").replace(marks, "").replace(/-/g, " ").toLowerCase();
  }

  function codeIn(typed) {
    const last = typed.trim().replace(/\/+$/, "").split("/").pop();
    return last.toUpperCase().replace(/[^A-Z0-9]/g, "");
  }

  function narrow(typed) {
    const sought = plain(typed).split(/\s+/).filter(Boolean);
    const code = codeIn(typed);
    let isAnybodyThere = false;
    for (const [own, row] of rows) {
      const name = plain(row.querySelector("bdi").textContent).split(/\s+/);
      const isNamed = sought.every((word) => name.some((part) => part.startsWith(word)));
      const isThere = isNamed || (code && own.startsWith(code));
      row.hidden = !isThere;
      isAnybodyThere ||= isThere;
    }
    nobody.hidden = isAnybodyThere || !rows.size;
  }

  list.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name !== "code") return;
    event.preventDefault();
    noteDown(button.value, Number(button.dataset.people));
  });

  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drop]")) return;
    const code = event.target.closest("[data-party]").dataset.party;
    keep(kept().filter((tick) => tick.code !== code));
    show(code, "out");
  });

  if (words.whole === "yes") {
    find.addEventListener("input", () => narrow(find.elements.q.value));
  }

  find.addEventListener("submit", (event) => {
    const code = codeIn(find.elements.q.value);
    const button = rows.get(code)?.querySelector("button[name=code]");
    if (button && !button.hidden) {
      event.preventDefault();
      button.focus(); // Enter again lets them in
    } else if (!navigator.onLine) {
      event.preventDefault(); // the list is narrowed already; a code beyond it is noted
      if (words.whole !== "yes" && code.length === 8) noteDown(code, null);
    }
  });

  kept().forEach((tick) => show(tick.code, "kept", words.waits));
  tellWhatIsKept(kept().length);
  window.addEventListener("online", send);
  setInterval(send, PAUSE);
  send();
}
