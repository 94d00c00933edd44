// How many rows are left, counted again as they are filled in; and the next one of them.

import { count, say } from "./page.js";

const words = document.getElementById("left-count");
const next = document.getElementById("left-next");
const step = document.getElementById("next-step");

export function begin(root, rows) {
  root.addEventListener("row:saved", () => tell(rows));
  next?.addEventListener("click", () => go(rows));
}

function tell(rows) {
  const left = rows.filter((row) => !row.isComplete);
  if (words) words.textContent = left.length ? count("left", left.length, { total: rows.length }) : say("left.none");
  for (const link of document.querySelectorAll("[data-left-of]")) {
    const some = left.filter((row) => row.element.closest("form")?.id === link.dataset.leftOf).length;
    link.textContent = some ? count("left_here", some) : say("left_here.none");
  }
  if (next) next.hidden = left.length === 0;
  if (step && (left.length === 0) !== step.matches(".is-ready")) renew(left.length === 0);
}

/** Whether the report can be handed in is the server's to say: its part of the page is fetched anew. */
async function renew(isReady) {
  step.classList.toggle("is-ready", isReady);
  try {
    const response = await fetch(location.pathname);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("next-step");
    if (fresh) step.replaceChildren(...fresh.children);
  } catch {
    // The button then says what it said; the server answers all the same when it is pressed.
  }
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
