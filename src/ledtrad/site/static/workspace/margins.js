// What the rows say beside each assessment is the server's to count. It is asked anew when rows have been saved and a
// margin is in sight: whoever fills a grid costs no more than her saves.

import { page } from "./page.js";

const margins = [...page.querySelectorAll("[data-rows-say]")];
const seen = new Set();
let saves = 0;
let told = 0;
let isAsking = false;

export function begin(root) {
  for (const name of ["row:saved", "row:replaced"]) root.addEventListener(name, count);
  const watching = new IntersectionObserver(look);
  for (const margin of margins) watching.observe(margin);
}

function count(event) {
  if (!event.target.closest("[data-grid]")) return;
  saves += 1;
  renew();
}

function look(entries) {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
  }
  renew();
}

async function renew() {
  if (isAsking || saves === told || !seen.size) return;
  isAsking = true;
  const asked = saves;
  const isDone = await fetched().catch(() => false);
  isAsking = false;
  // Otherwise what stood there stands, until the next save or the next look.
  if (!isDone) return;
  told = asked;
  renew();
}

/** Whether the page was there to be read: it is not for somebody who has been signed out. */
async function fetched() {
  const response = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = margins.map((margin) => [margin, fresh.getElementById(margin.id)]).filter(([, other]) => other);
  for (const [margin, other] of found) margin.replaceChildren(...other.childNodes);
  return found.length > 0;
}
