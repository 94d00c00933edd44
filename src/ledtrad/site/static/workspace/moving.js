// From cell to cell with the keyboard. The cells are ordinary fields: Tab goes on working, and so do screen readers.

const LINES = "input:not([type=radio]):not([type=hidden])";

export function begin(grids) {
  for (const grid of grids) grid.addEventListener("keydown", (event) => move(event, grid));
}

function move(event, grid) {
  const field = event.target.closest("[data-field]");
  if (!field || event.isComposing) return;
  const target = targetOf(event, field, grid);
  if (!target) return;
  event.preventDefault();
  enter(target);
}

function targetOf(event, field, grid) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  const isText = field.matches("textarea");
  if (key === "Enter" && (!isText || ctrlKey || metaKey)) return inColumn(field, grid, shiftKey ? -1 : 1);
  if (ctrlKey || metaKey || shiftKey) return null;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && (field.matches(LINES) || (altKey && isText))) return inColumn(field, grid, step);
  if (altKey) return null;
  if (key === "ArrowRight" && caretAt(field, "end")) return inRow(field, 1);
  if (key === "ArrowLeft" && caretAt(field, "start")) return inRow(field, -1);
  return null;
}

function inColumn(field, grid, step) {
  const column = [...grid.querySelectorAll(`[data-field="${field.dataset.field}"]`)].filter(isReachable);
  return column[column.indexOf(field) + step];
}

function inRow(field, step) {
  const cells = [...field.closest("[data-row]").querySelectorAll("[data-field]")].filter(isReachable);
  return cells[cells.indexOf(field) + step];
}

function isReachable(field) {
  return !field.disabled && field.offsetParent !== null;
}

function caretAt(field, end) {
  if (!field.matches(LINES) || field.selectionStart !== field.selectionEnd) return false;
  return field.selectionStart === (end === "end" ? field.value.length : 0);
}

function enter(field) {
  field.focus();
  if (field.matches(LINES)) field.select();
}
