// A button that prints the page; without this script it stays hidden.
"use strict";

const printer = document.querySelector("[data-print]");

if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}
