// Signing out empties this browser of what was written here. What is not saved is asked about first.
"use strict";

for (const form of document.querySelectorAll("form.sign-out")) {
  form.addEventListener("submit", (event) => {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith("ledtrad/"));
    if (keys.some((key) => key.startsWith("ledtrad/utkast/")) && !confirm(form.dataset.unsaved)) {
      event.preventDefault();
      return;
    }
    for (const key of keys) localStorage.removeItem(key);
    sessionStorage.clear();
    window.dispatchEvent(new Event("ledtrad:signing-out"));
  });
}
