// Several cells from a spreadsheet: the server shows what each would change before anything is changed.

import { page, say } from "./page.js";
import * as saving from "./saving.js";
import * as undoing from "./undoing.js";

const dialog = document.getElementById("paste-preview");
const content = document.getElementById("paste-content");

export function begin(root) {
  for (const grid of root.querySelectorAll("[data-grid]")) {
    grid.addEventListener("paste", (event) => paste(event, grid.dataset.grid));
  }
  dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && dialog.close());
  dialog.addEventListener("submit", () => undoing.push(stepOf(new FormData(dialog.querySelector("form")).get("versions"))));
}

async function paste(event, grid) {
  const field = event.target.closest("[data-field]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !isBlock(text, field)) return;
  event.preventDefault();
  const row = field.closest("[data-row]").dataset.row;
  await saving.everything();
  await preview({ grid, text, row, field: field.dataset.field });
  dialog.addEventListener("close", () => field.focus(), { once: true });
}

/** A block has a tab; or, in a field of one line, more than one line. A text with line breaks belongs in its cell. */
function isBlock(text, field) {
  return text.includes("\t") || (!field.matches("textarea") && /[\r\n]/.test(text.trim()));
}

async function preview(asked) {
  const token = document.querySelector("form.rows [name=csrfmiddlewaretoken]").value;
  try {
    const response = await fetch(page.dataset.paste, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ ...asked, csrfmiddlewaretoken: token }),
    });
    if (!response.headers.get("Content-Type")?.startsWith("text/html") || response.redirected) throw new Error();
    // The page that comes back is the server's own, escaped there.
    content.innerHTML = await response.text();
  } catch {
    content.textContent = say("paste_away");
  }
  dialog.showModal();
  content.focus();
}

function stepOf(versions) {
  return (versions ?? "").split(" ").filter(Boolean).map((pair) => {
    const [row, to] = pair.split(":");
    return { row, to: Number(to) };
  });
}
