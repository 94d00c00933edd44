// A row that somebody else saved first: where it stands, the way to both texts.

import { say } from "./page.js";

export function begin(root) {
  root.addEventListener("row:conflict", ({ detail: { row, address } }) => {
    const says = row.element.querySelector(".row-says");
    const line = document.createElement("p");
    const link = document.createElement("a");
    line.className = "row-conflict";
    line.setAttribute("role", "alert");
    link.href = address;
    link.textContent = say("compare");
    line.append(link);
    says.after(line);
  });
}
