// Undo: the row goes back to the version before, which is saved as a new one. Nothing that was saved is lost.

import { freshKey, page } from "./page.js";
import * as saving from "./saving.js";
import { send } from "./sending.js";

const button = document.getElementById("undo");
const PLACE = `ledtrad/angra/${location.pathname}`;
const MOST = 100;
const known = new Map();
let done = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
// What is written in one visit to a row is undone in one step, also when it is saved after the row was left.
let visit = 0;
let visited = "";
const writtenIn = new Map();
const rememberedOf = new Map();

export function begin(root, rows) {
  for (const row of rows) known.set(row.id, row);
  root.addEventListener("focusin", (event) => arrive(rowOf(event)));
  root.addEventListener("input", (event) => writtenIn.set(rowOf(event), visit));
  root.addEventListener("row:saved", ({ detail }) => remember(detail));
  button.addEventListener("click", undo);
  show();
}

function rowOf(event) {
  return event.target.closest("[data-row]")?.dataset.row ?? "";
}

function arrive(row) {
  if (row === visited) return;
  visited = row;
  visit += 1;
}

function remember({ row, before, version }) {
  const when = writtenIn.get(row.id);
  if (version === before || (when !== undefined && rememberedOf.get(row.id) === when)) return;
  rememberedOf.set(row.id, when);
  push([{ row: row.id, to: before }]);
}

/** Adds a step that can be undone: rows, each with the version that it is taken back to. */
export function push(step) {
  done = [...done, step].slice(-MOST);
  store();
}

export async function undo() {
  await saving.everything();
  const step = done.at(-1);
  if (!step || saving.state.trouble) return;
  visit += 1;
  rememberedOf.clear();
  for (const part of step) {
    if (!(await restore(part))) return;
  }
  done = done.slice(0, -1);
  store();
}

async function restore(part) {
  const row = known.get(part.row);
  if (!row || (row.version === part.to && !part.body)) return true;
  // What has gone out once goes out again word for word: then it is done once, whether or not it arrived.
  part.body ??= { number: part.to, rests_on: row.version, save_key: freshKey() };
  store();
  const answer = await send(`${page.dataset.rows}${row.id}/angra/`, part.body);
  if (answer.kind === "saved") {
    saving.replaced(row, answer);
    row.element.scrollIntoView({ block: "nearest" });
    return true;
  }
  if (answer.kind === "conflict") saving.clashed(row, answer.address);
  else if (answer.kind === "refused") row.sayAbout({}, { "": answer.sentence }, answer.language);
  else saving.interrupted(answer.kind);
  return answer.kind === "conflict";
}

function store() {
  sessionStorage.setItem(PLACE, JSON.stringify(done));
  show();
}

function show() {
  if (done.length) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}
