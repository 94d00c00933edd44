// The page that all modules share: who writes in it, where saves go, and the sentences it says.

export const page = document.getElementById("workspace");
export const person = page.dataset.person;

const written = document.getElementById("sentences").content.querySelectorAll("[data-sentence]");
const sentences = new Map([...written].map((one) => [one.dataset.sentence, one.textContent]));

/** A sentence in the language of the page, with {names} filled in. */
export function say(name, values = {}) {
  return (sentences.get(name) ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** A sentence that counts: "name.one" for one, "name.many" for all else. */
export function count(name, number, values = {}) {
  return say(`${name}.${number === 1 ? "one" : "many"}`, { number, ...values });
}

/** A key that no other save in the world has. */
export function freshKey() {
  return crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");
}
