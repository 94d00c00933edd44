// Shortcuts, and the list of them. Single letters count only where nothing is being written.

const list = document.getElementById("keys");

export function begin({ save, undo, next }) {
  document.getElementById("show-keys").addEventListener("click", () => list.showModal());
  document.addEventListener("keydown", (event) => {
    const does = actionOf(event, { save, undo, next });
    if (!does) return;
    event.preventDefault();
    does();
  });
}

function actionOf(event, { save, undo, next }) {
  if (event.defaultPrevented || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "s") return save;
    return key === "z" && !event.shiftKey && !isWriting(event.target) ? undo : null;
  }
  if (isWriting(event.target) || event.target.closest("select, dialog")) return null;
  return { "?": () => list.showModal(), n: next }[key] ?? null;
}

function isWriting(target) {
  return target.matches("textarea, input:not([type=radio])") || target.isContentEditable;
}
