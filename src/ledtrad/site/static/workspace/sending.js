// One save on its way to the server, and what became of it. Never throws.

import { page, person } from "./page.js";

const PATIENCE = 20_000;
let token = page.dataset.token;

/**
 * Answers { kind, … }: saved, conflict, refused (with a sentence), signed-out, someone-else, or away when it is not
 * known whether the save arrived. After "away" the same body must be sent again, so that it is stored once.
 */
export async function send(address, body, { isLast = false } = {}) {
  let answer = await post(address, body, isLast);
  if (answer?.status === 403 && !isLast) {
    const who = await whoIsHere();
    if (who.kind !== "me") return who;
    if (!(await refusal(answer.clone()))) answer = await post(address, body, isLast);
  }
  return judged(answer);
}

async function post(address, body, isLast) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
      credentials: "same-origin",
      keepalive: isLast,
      signal: isLast ? undefined : AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return null;
  }
}

async function judged(response) {
  if (!response || response.status >= 500 || response.status === 429) return { kind: "away" };
  const told = await json(response);
  if (told === null) return { kind: "away" };
  if (response.ok) return { kind: "saved", ...told };
  if (response.status === 409 && told.conflict) return { kind: "conflict", address: told.conflict };
  return { kind: "refused", sentence: told.refused ?? "", language: response.headers.get("Content-Language") ?? "sv" };
}

/** Somebody may have signed out, or another person in, in another window: then nothing more goes out from here. */
export async function whoIsHere() {
  try {
    const response = await fetch(page.dataset.who, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    const told = await json(response);
    if (!response.ok || told === null) return { kind: "away" };
    if (told.person === person) {
      token = told.token;
      return { kind: "me" };
    }
    return { kind: told.person ? "someone-else" : "signed-out" };
  } catch {
    return { kind: "away" };
  }
}

async function refusal(response) {
  return (await json(response))?.refused;
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
