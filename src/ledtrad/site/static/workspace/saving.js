// Saves each row by itself, soon after it was written in; keeps trying when the connection is lost.
//
// What has gone out and not been answered is sent again, word for word and with the same key, before anything newer:
// then it is stored once, whether or not it arrived the first time.

import * as drafts from "./drafts.js";
import { freshKey, page, say } from "./page.js";
import { same } from "./row.js";
import { send, whoIsHere } from "./sending.js";

const PAUSE = 900;
const WAITS = [2, 4, 8, 15, 30];

const work = new Map();
let waiting = [];
let isRunning = false;
let misses = 0;
let timer = 0;

export const state = { trouble: "", lastSaved: "", isFull: false };
const changed = () => page.dispatchEvent(new CustomEvent("saving:changed"));

/** Takes care of a row from now on, and takes up what an earlier window left of it. */
export function lookAfter(row) {
  const job = { row, pending: null, timer: 0, refused: null, frozen: false };
  work.set(row.id, job);
  const draft = drafts.takeUp(row.id);
  if (!draft) return;
  row.version = draft.pending ? row.version : draft.version;
  job.pending = draft.pending;
  row.write(draft.fields);
  if (!row.isChanged && !job.pending) return settle(job);
  note(job);
  row.show("changed", say("row_restored"));
  soon(job, 50);
}

/** Somebody writes in the row. */
export function touched(row) {
  const job = work.get(row.id);
  if (!job || job.frozen) return;
  job.refused = null;
  if (!row.isChanged && !job.pending) return settle(job);
  note(job);
  row.show(state.trouble ? "unsent" : "changed", say(state.trouble ? "row_unsent" : "row_changed"));
  soon(job, PAUSE);
}

/** Saves the row now instead of soon. */
export function hurry(row) {
  const job = work.get(row.id);
  if (job && isUnsaved(job)) soon(job, 0);
}

/** All rows that hold something the server has not acknowledged. */
export function unsaved() {
  return [...work.values()].filter(isUnsaved).map((job) => job.row);
}

/** Resolves when everything is acknowledged, or cannot be for now. */
export async function everything() {
  const jobs = [...work.values()].filter(isUnsaved);
  for (const job of jobs) soon(job, 0);
  while (jobs.some((job) => isUnsaved(job) && !job.refused && !job.frozen) && !state.trouble) await pause(60);
  return jobs.every((job) => !isUnsaved(job));
}

/** The window is being put away: what is not saved goes out without waiting for an answer. Its draft stays kept. */
export function lastCall() {
  for (const job of work.values()) {
    if (isUnsaved(job) && !job.isSending && !job.refused && !state.trouble) send(...parcel(job), { isLast: true });
  }
}

/** After an undo the row stands as the server says. */
export function replaced(row, answer) {
  const job = work.get(row.id);
  row.write(answer.content);
  row.acknowledged = row.read();
  row.hear(answer);
  state.lastSaved = answer.saved;
  row.element.dispatchEvent(new CustomEvent("row:replaced", { bubbles: true }));
  settle(job);
}

function isUnsaved(job) {
  return !job.frozen && (job.pending !== null || job.row.isChanged);
}

function settle(job) {
  clearTimeout(job.timer);
  drafts.drop(job.row.id);
  changed();
}

function note(job) {
  const draft = { version: job.row.version, fields: job.row.read(), pending: job.pending, at: Date.now() };
  state.isFull = !drafts.keep(job.row.id, draft);
  changed();
}

function soon(job, after) {
  clearTimeout(job.timer);
  job.timer = setTimeout(() => lineUp(job), after);
}

function lineUp(job) {
  if (!waiting.includes(job)) waiting.push(job);
  next();
}

// One at a time: the city's database writes one at a time too, and a slow line is not made faster by crowding it.
function next() {
  if (state.trouble || isRunning) return;
  const job = waiting.shift();
  if (!job) return;
  if (!isUnsaved(job) || job.refused) return next();
  isRunning = job.isSending = true;
  save(job).finally(() => {
    isRunning = job.isSending = false;
    next();
  });
}

function parcel(job) {
  job.pending ??= { content: job.row.read(), rests_on: job.row.version, save_key: freshKey() };
  note(job);
  return [`${page.dataset.rows}${job.row.id}/`, job.pending];
}

async function save(job) {
  const [address, body] = parcel(job);
  job.row.show("saving", say("row_saving"));
  changed();
  const answer = await send(address, body);
  const hear = { saved, conflict, refused }[answer.kind] ?? lost;
  hear(job, answer, body);
  changed();
}

function saved(job, answer, body) {
  const { row } = job;
  const before = row.version;
  job.pending = null;
  misses = 0;
  state.lastSaved = answer.saved;
  row.acknowledged = body.content;
  row.hear(answer);
  row.element.dispatchEvent(new CustomEvent("row:saved", { bubbles: true, detail: { row, before, version: answer.version } }));
  if (same(row.read(), body.content)) return settle(job);
  note(job);
  row.show("changed", say("row_changed"));
  soon(job, PAUSE);
}

/** Somebody else saved the row first: the server keeps this text, and the row waits for a choice. */
export function clashed(row, address) {
  const job = work.get(row.id);
  job.pending = null;
  job.frozen = true;
  row.freeze();
  row.show("conflict", say("row_conflict"));
  row.element.dispatchEvent(new CustomEvent("row:conflict", { bubbles: true, detail: { row, address } }));
  settle(job);
}

/** The way is closed for now: everything waits until it is open again. */
export function interrupted(kind) {
  state.trouble = kind;
  waiting = [];
  for (const job of work.values()) if (isUnsaved(job) && !job.refused) job.row.show("unsent", say("row_unsent"));
  misses += 1;
  wait();
  changed();
}

function conflict(job, answer, body) {
  const { row } = job;
  // What was typed while the save was under way is handed over too: the server keeps the latest text.
  if (!same(row.read(), body.content)) {
    job.pending = { content: row.read(), rests_on: body.rests_on, save_key: freshKey() };
    note(job);
    return soon(job, 0);
  }
  clashed(row, answer.address);
}

function refused(job, answer) {
  job.pending = null;
  job.refused = answer.sentence || say("row_refused");
  job.row.show("refused", say("row_refused"));
  job.row.sayAbout({}, { "": job.refused }, answer.language);
  note(job);
}

function lost(job, answer) {
  interrupted(answer.kind);
}

function wait() {
  clearTimeout(timer);
  const seconds = WAITS[Math.min(misses, WAITS.length) - 1] ?? WAITS[0];
  timer = setTimeout(tryAgain, seconds * (800 + 400 * Math.random()));
}

/** Whether the way is clear again; then everything that waits goes out. */
export async function tryAgain() {
  if (!state.trouble) return;
  clearTimeout(timer);
  const who = await whoIsHere();
  if (who.kind !== "me") {
    state.trouble = who.kind;
    misses += 1;
    wait();
    return changed();
  }
  state.trouble = "";
  misses = 0;
  changed();
  for (const job of work.values()) if (isUnsaved(job) && !job.refused) lineUp(job);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
