// A row of the report as it stands on the page: its fields, the version it rests on, and what is said of it.

import { say } from "./page.js";
import { steadily } from "./steady.js";

export class Row {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.row;
    this.version = Number(element.dataset.version);
    this.fields = new Map();
    for (const control of element.querySelectorAll("[data-field]")) {
      const name = control.dataset.field;
      this.fields.set(name, [...(this.fields.get(name) ?? []), control]);
    }
    this.acknowledged = this.read();
  }

  get isComplete() {
    return this.element.dataset.complete === "1";
  }

  /** What is written in the row now, field by field. */
  read() {
    const said = {};
    for (const [name, controls] of this.fields) said[name] = valueOf(controls);
    return said;
  }

  /** Puts other values into the fields, and leaves alone those that already have them. */
  write(said) {
    for (const [name, controls] of this.fields) {
      if (name in said && valueOf(controls) !== said[name]) setValue(controls, said[name]);
    }
    this.element.dispatchEvent(new CustomEvent("row:written", { bubbles: true }));
  }

  /** Whether something stands here that the server has not acknowledged. */
  get isChanged() {
    return !same(this.read(), this.acknowledged);
  }

  /** One of: clean, changed, saving, unsent, refused, conflict. Said in words under the row's name. */
  show(state, words) {
    this.element.dataset.state = state;
    const place = this.element.querySelector(".row-state");
    if (place && place.textContent !== words) place.textContent = words;
  }

  /** What the server said of the row when it was saved. */
  hear(answer) {
    this.version = answer.version;
    this.element.dataset.version = answer.version;
    this.element.dataset.complete = answer.is_complete ? "1" : "";
    this.sayAbout({ ...answer.lacking, ...answer.notices }, answer.problems);
    this.show("clean", say(answer.is_complete ? "row_done" : "row_left", { time: answer.saved }));
  }

  /** Sentences about fields, in `language`; those of `problems` mark their fields as wrong. */
  sayAbout(hints = {}, problems = {}, language = "sv") {
    for (const [name, controls] of this.fields) {
      for (const control of controls) {
        if (name in problems) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }
    const list = this.element.querySelector(".row-says");
    if (!list) return;
    const items = [
      ...Object.values(problems).map((sentence) => item(sentence, "is-wrong", language)),
      ...Object.entries(hints)
        .filter(([name]) => !(name in problems))
        .map(([, sentence]) => item(sentence, "is-hint", language)),
    ];
    steadily(() => list.replaceChildren(...items));
  }

  /** The text stays where it is, readable and copyable, but is no longer added to. */
  freeze() {
    for (const controls of this.fields.values()) {
      for (const control of controls) {
        if (control.matches("select, [type=radio]")) control.disabled = true;
        else control.readOnly = true;
      }
    }
  }
}

function item(sentence, className, language) {
  const element = document.createElement("li");
  element.className = className;
  element.lang = language;
  element.textContent = sentence;
  return element;
}

function valueOf(controls) {
  if (controls[0].type === "radio") return controls.find((one) => one.checked)?.value ?? "";
  return controls[0].value;
}

function setValue(controls, value) {
  if (controls[0].type === "radio") for (const one of controls) one.checked = one.value === value;
  else controls[0].value = value;
}

export function same(one, other) {
  return Object.keys(one).every((name) => tidy(one[name]) === tidy(other[name]));
}

// The server trims what it stores and writes letters with their marks as one.
function tidy(text) {
  return (text ?? "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
}
