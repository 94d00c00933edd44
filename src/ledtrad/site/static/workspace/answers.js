// Answers to questions are sent with a button; until they have arrived the browser keeps them.

import { person } from "./page.js";

const PREFIX = `ledtrad/svar/${person}/`;
const fields = () => [...document.querySelectorAll("[data-keep]")];

export function begin(root) {
  for (const field of fields()) field.value = localStorage.getItem(PREFIX + field.dataset.keep) ?? field.value;
  for (const question of root.querySelectorAll(".question")) {
    if (!question.querySelector("[data-keep]")) localStorage.removeItem(PREFIX + question.id.replace("fraga-", ""));
  }
  root.addEventListener("input", (event) => {
    const name = event.target.dataset?.keep;
    if (name) localStorage.setItem(PREFIX + name, event.target.value);
  });
  root.addEventListener("submit", (event) => {
    for (const field of fields()) if (field.form === event.target) field.dataset.sent = "1";
  });
}

/** Whether an answer has been begun and not sent. */
export function unsent() {
  return fields().some((field) => field.value.trim() && !field.dataset.sent);
}
