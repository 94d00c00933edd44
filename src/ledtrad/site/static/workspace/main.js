// A report that saves itself as it is written. Without scripts each grid is a form with a button of its own.

import * as answers from "./answers.js";
import * as conflicts from "./conflicts.js";
import * as drafts from "./drafts.js";
import * as growing from "./growing.js";
import * as keys from "./keys.js";
import * as left from "./left.js";
import * as margins from "./margins.js";
import * as moving from "./moving.js";
import { page } from "./page.js";
import * as pasting from "./pasting.js";
import { Row } from "./row.js";
import * as saving from "./saving.js";
import * as shares from "./shares.js";
import * as telling from "./telling.js";
import * as undoing from "./undoing.js";

document.documentElement.classList.add("scripted");
await drafts.begin();

const rows = [...page.querySelectorAll("[data-row]")].map((element) => new Row(element)).filter((row) => row.fields.size);
const rowOf = new Map(rows.map((row) => [row.element, row]));

growing.begin(page);
shares.begin(page);
moving.begin(page.querySelectorAll("[data-grid]"));
left.begin(page, rows);
margins.begin(page);
telling.begin();
conflicts.begin(page);
undoing.begin(page, rows);
pasting.begin(page);
answers.begin(page);
for (const row of rows) saving.lookAfter(row);

function rowAt(target) {
  return rowOf.get(target.closest?.("[data-row]"));
}

page.addEventListener("input", (event) => {
  const row = event.target.closest("[data-field]") && rowAt(event.target);
  if (row) saving.touched(row);
});
// Whoever goes on to another row wants the first one saved.
page.addEventListener("focusout", (event) => {
  const row = rowAt(event.target);
  if (row && rowAt(event.relatedTarget ?? document.body) !== row) saving.hurry(row);
});
for (const form of page.querySelectorAll("form.rows")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saving.everything();
  });
}

keys.begin({
  save: () => saving.everything(),
  undo: undoing.undo,
  next: () => document.getElementById("left-next")?.click(),
});

window.addEventListener("online", saving.tryAgain);
window.addEventListener("focus", saving.tryAgain);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saving.lastCall();
  else saving.tryAgain();
});
window.addEventListener("beforeunload", (event) => {
  if (saving.unsaved().length || answers.unsent()) event.preventDefault();
});
// A step of the whole report rests on all its rows.
document.getElementById("next-step")?.addEventListener("submit", async (event) => {
  if (!saving.unsaved().length) return;
  event.preventDefault();
  if (await saving.everything()) event.target.submit();
});

page.dataset.ready = "1";
