// One line at the foot of the page says what is saved, when, and what is not.

import { count, page, say } from "./page.js";
import * as saving from "./saving.js";

const line = document.getElementById("saving-line");
const trouble = document.getElementById("saving-trouble");
const signIn = document.getElementById("saving-sign-in");
const again = document.getElementById("saving-again");

export function begin() {
  page.addEventListener("saving:changed", tell);
  again.addEventListener("click", () => saving.tryAgain());
  tell();
}

function tell() {
  const unsaved = saving.unsaved().length;
  put(line, unsaved ? count("unsaved", unsaved) : savedWords());
  page.classList.toggle("has-unsaved", unsaved > 0);
  put(trouble, troubleWords(unsaved));
  signIn.hidden = !["signed-out", "someone-else"].includes(saving.state.trouble);
  again.hidden = !saving.state.trouble;
}

function savedWords() {
  return saving.state.lastSaved ? say("all_saved", { time: saving.state.lastSaved }) : page.dataset.saved;
}

function troubleWords(unsaved) {
  const { trouble: kind, isFull } = saving.state;
  if (isFull && unsaved) return say("no_room");
  return kind ? say(`trouble_${kind.replace("-", "_")}`) : "";
}

// A line that says the same again is not read aloud again.
function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
