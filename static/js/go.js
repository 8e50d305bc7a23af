/* A choice in a form that takes effect at once; its button stays for readers without script. */
export function startGo(selects) {
  for (const select of selects) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
}
