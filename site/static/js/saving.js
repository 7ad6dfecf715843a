/* One thing is sent at a time from an editing screen. Whoever presses a button while the page is
   being saved by itself waits until that has arrived, and nothing is saved by itself after the
   press. Sent side by side, each of them would make a new page of its own. */

const PATIENCE = 10_000; // milliseconds, after which the button counts as if nothing were going on

function inTurn(form) {
  let isSaving = false;
  let isLeaving = false;
  let pressed = null;
  let timer = 0;

  const goOn = () => {
    isSaving = false;
    clearTimeout(timer);
    if (!pressed) return;
    const { button } = pressed;
    pressed = null;
    if (button) button.disabled = false; // disabled by the press; its name would not be sent
    form.requestSubmit(button);
  };

  form.addEventListener("w-autosave:save", (event) => {
    if (isLeaving || pressed) event.preventDefault();
    queueMicrotask(() => {
      isSaving ||= !event.defaultPrevented; // somebody else may have prevented it
    });
  });
  for (const end of ["success", "error"]) form.addEventListener(`w-autosave:${end}`, goOn);

  form.addEventListener("submit", (event) => {
    isLeaving = !isSaving;
    if (isLeaving) return;
    event.preventDefault();
    pressed = { button: event.submitter };
    timer = setTimeout(goOn, PATIENCE);
  });
  addEventListener("pageshow", () => {
    isLeaving = false; // came back to it
  });
}

document.querySelectorAll("form[data-controller~='w-autosave']").forEach(inTurn);
