// How many rows are left, counted again as they are filled in; and the next one of them.

import { count, say } from "./page.js";

const words = document.getElementById("left-count");
const next = document.getElementById("left-next");

export function begin(root, rows) {
  root.addEventListener("row:saved", () => tell(rows));
  root.addEventListener("row:conflict", () => tell(rows));
  next?.addEventListener("click", () => go(rows));
}

function tell(rows) {
  const left = rows.filter((row) => !row.isComplete);
  if (words) words.textContent = left.length ? count("left", left.length) : say("left.none");
  for (const link of document.querySelectorAll("[data-left-of]")) {
    const some = left.filter((row) => row.element.closest("form")?.id === link.dataset.leftOf).length;
    link.textContent = some ? count("left_here", some) : say("left_here.none");
  }
  if (next) next.hidden = left.length === 0;
}

/** The first row that is left after the one that has the focus; from the top again after the last. */
function go(rows) {
  const here = document.activeElement?.closest("[data-row]");
  const place = rows.findIndex((row) => row.element === here);
  const order = [...rows.slice(place + 1), ...rows.slice(0, place + 1)];
  const target = order.find((row) => !row.isComplete);
  if (!target) return;
  const empty = [...target.fields.values()].map((controls) => controls[0]);
  (empty.find((field) => field.offsetParent !== null && !field.value) ?? empty[0])?.focus();
}
