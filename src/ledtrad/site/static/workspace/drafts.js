// What has been typed and not acknowledged stays in this browser, by person, row and window, until it is.

import { freshKey, person } from "./page.js";

const PREFIX = "ledtrad/utkast/";
const WINDOW = "ledtrad/fonster";
let mine = sessionStorage.getItem(WINDOW) || freshKey();
const living = new Set();

/** Finds out which windows are open, so that no two of them take up the same draft. */
export async function begin() {
  if (navigator.locks) {
    const held = (await navigator.locks.query()).held.map((lock) => lock.name);
    for (const name of held) if (name.startsWith(PREFIX)) living.add(name.slice(PREFIX.length));
    // A window that was duplicated has the name of the first one.
    if (living.has(mine)) mine = freshKey();
    navigator.locks.request(PREFIX + mine, () => new Promise(() => {}));
  }
  sessionStorage.setItem(WINDOW, mine);
}

function keyOf(row, window = mine) {
  return `${PREFIX}${person}/${row}/${window}`;
}

/** Keeps a draft; false when the browser has no room for it. */
export function keep(row, draft) {
  try {
    localStorage.setItem(keyOf(row), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function drop(row) {
  localStorage.removeItem(keyOf(row));
}

/** The draft of a row from this window before it was loaded anew, or from one that has been closed. */
export function takeUp(row) {
  const start = `${PREFIX}${person}/${row}/`;
  const found = keys().filter((key) => key.startsWith(start) && !living.has(key.slice(start.length)));
  const drafts = found.map((key) => ({ key, ...read(key) })).filter((draft) => draft.fields);
  drafts.sort((one, other) => other.at - one.at);
  const taken = drafts.find((draft) => draft.key === keyOf(row)) ?? drafts[0];
  // It is mine from now on; older ones of the same row stood beside it in windows that are closed.
  if (taken) keep(row, taken);
  for (const key of found) if (key !== keyOf(row)) localStorage.removeItem(key);
  return taken;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return {};
  }
}

function keys() {
  return Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
}
