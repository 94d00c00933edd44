// The thread of a figure opens in a drawer beside the text. Without script the same links lead to a page of their own.
"use strict";

const drawer = document.getElementById("drawer");
const content = document.getElementById("drawer-content");

function opensInDrawer(event, link) {
  return link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

async function follow(address) {
  await htmx.ajax("GET", address, { target: content, swap: "innerHTML" });
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
  content.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  // From the drawer back to the sentence: the page scrolls there, so the drawer must give way.
  if (link && drawer.contains(link) && !link.matches(".thread-link")) drawer.close();
  if (!link || !link.matches("a.fact, a.thread-link")) return;
  if (!opensInDrawer(event, link) || (drawer.open && !drawer.contains(link))) return;
  event.preventDefault();
  follow(link.getAttribute("href"));
});

// A click beside the drawer closes it; the browser gives the focus back to the figure.
drawer.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});

// When the thread cannot be fetched, its page says why.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target === content) window.location.assign(event.detail.pathInfo.requestPath);
});
