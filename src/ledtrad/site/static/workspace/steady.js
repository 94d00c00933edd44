// What is being written in stays where it is on the screen, whatever changes above it.

export function steadily(change) {
  const here = document.activeElement;
  const before = here?.getBoundingClientRect().top;
  change();
  const after = here?.getBoundingClientRect().top;
  if (here && here !== document.body && after !== before) window.scrollBy({ top: after - before, behavior: "instant" });
}
