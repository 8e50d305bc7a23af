/* Rows that open in place: the triangle is a link to the same page with that row open. Here its answer
   is fetched and only the table is exchanged; the address follows, so back and sharing work. */
async function exchange(box, url, focusId) {
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (!response.ok) { location.assign(url); return; }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(box.id);
  if (!fresh) { location.assign(url); return; }
  box.replaceChildren(...fresh.childNodes);
  if (focusId) document.getElementById(focusId)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("rowschange"));
}

export function startRows(boxes) {
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-row-toggle]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const url = link.href.split("#")[0];
      history.pushState({ rows: box.id }, "", url);
      exchange(box, url, link.id);
    });
  }
  addEventListener("popstate", () => { for (const box of boxes) exchange(box, location.href); });
}
