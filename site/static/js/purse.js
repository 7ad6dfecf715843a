/* Says what the chosen projects cost together, at every tick. Without it the server says so when
   the form comes back; it counts by itself in any case. */

const MILLIONTHS = 1000000n;

function inMoney(amount, { pattern, rate }, told) {
  const units = String((BigInt(amount) * BigInt(rate) + MILLIONTHS / 2n) / MILLIONTHS);
  const groups = units.replace(/\B(?=(\d{3})+$)/g, told.separator);
  return pattern.replace("{}", units.length < told.grouped ? units : groups);
}

function inWords(amount, told) {
  const [own, other] = told.moneys.map((money) => inMoney(amount, money, told));
  return other ? `${own} (${other})` : own;
}

function tell(output, boxes, told) {
  const chosen = boxes.filter((box) => box.checked);
  const spent = chosen.reduce((sum, box) => sum + told.costs[box.value], 0);
  const isOver = spent > told.total;
  const words = (isOver ? told.over : told.within)
    .replace("{spent}", () => inWords(spent, told))
    .replace("{left}", () => inWords(Math.abs(told.total - spent), told));
  if (output.textContent !== words) output.textContent = words;
  output.classList.toggle("is-over", isOver);
}

for (const output of document.querySelectorAll("output[data-purse]")) {
  const told = JSON.parse(output.dataset.purse);
  const boxes = [...output.form.elements].filter((field) => field.name === output.dataset.of);
  output.form.addEventListener("change", () => tell(output, boxes, told));
  tell(output, boxes, told);
}
