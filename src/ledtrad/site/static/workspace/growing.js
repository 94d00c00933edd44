// A text field is as high as its text. Browsers that can do it by themselves are left alone.

const CAN = CSS.supports("field-sizing", "content");

export function begin(root) {
  if (CAN) return;
  for (const field of root.querySelectorAll("textarea")) fit(field);
  root.addEventListener("input", (event) => event.target.matches("textarea") && fit(event.target));
  root.addEventListener("row:written", (event) => event.target.querySelectorAll("textarea").forEach(fit));
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
