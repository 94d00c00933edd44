/* Keys (WebAuthn): puts the library's own script to work on the form of the page, and says so when a key is not read. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !window.allauth) return;

  const trouble = form.querySelector("[data-passkey-trouble]");
  const passwordless = form.querySelector("[name=passwordless]");
  const ids = { credential: "passkey-credential", [form.dataset.passkey]: "passkey-button" };
  if (passwordless) ids.passwordless = passwordless.id;
  const data = form.dataset.options ? JSON.parse(form.dataset.options) : undefined;

  window.allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids, data });
  form.hidden = false;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (trouble) trouble.hidden = false;
  });
  document.getElementById("passkey-button").addEventListener("click", () => {
    if (trouble) trouble.hidden = true;
  });
})();
