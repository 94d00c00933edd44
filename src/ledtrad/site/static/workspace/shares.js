// The three percents of a forecast and what they add up to, while they are written.

import { say } from "./page.js";

export function begin(root) {
  for (const group of root.querySelectorAll(".shares")) show(group);
  root.addEventListener("input", (event) => show(event.target.closest(".shares")));
  root.addEventListener("row:written", (event) => event.target.querySelectorAll(".shares").forEach(show));
}

function show(group) {
  if (!group) return;
  const written = [...group.querySelectorAll("[data-field]")].map((field) => field.value.trim());
  const sum = written.reduce((all, text) => all + (/^\d{1,3}$/.test(text) ? Number(text) : 0), 0);
  const output = group.querySelector("output");
  const isBlank = written.every((text) => text === "");
  output.textContent = isBlank ? "" : say(sum === 100 ? "sum_right" : "sum_wrong", { sum });
  output.classList.toggle("is-wrong", !isBlank && sum !== 100);
}
