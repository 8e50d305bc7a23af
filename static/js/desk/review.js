/* The review screen without reloading: choosing a figure turns the document's page, and back.
   Everything works without this script through the same links. */

const screen = document.querySelector("[data-review]");

function readAt(link) {
  return new URL(link.href, location.href).searchParams.get("at");
}

async function turnPage(query) {
  const pane = screen.querySelector("[data-pane]");
  const response = await fetch(`${screen.dataset.review}?${query}`);
  if (!response.ok) return false;
  pane.innerHTML = await response.text();
  const here = pane.querySelector("#here");
  if (here) here.scrollIntoView({ block: "center", inline: "center" });
  return true;
}

function markFigure(path) {
  let found = null;
  for (const figure of screen.querySelectorAll(".fig")) {
    if (figure.dataset.at === path) {
      figure.setAttribute("aria-current", "true");
      found = figure;
    } else {
      figure.removeAttribute("aria-current");
    }
  }
  return found;
}

function fillForm(figure) {
  const section = document.querySelector("[data-selected]");
  const form = section.querySelector("[data-correct]");
  const row = figure.closest("tr");
  const heading = row && row.querySelector("th");
  const column = row && figure.closest("table").tHead.rows[0].cells[figure.closest("td,th").cellIndex];
  section.querySelector("[data-selected-label]").textContent = [heading && heading.textContent.trim(), column && column.textContent.trim()]
    .filter(Boolean).join(" · ");
  const text = figure.dataset.state === "blank" ? "" : figure.firstChild.textContent.trim();
  section.querySelector("[data-selected-printed]").textContent = text || "（空）";
  section.querySelector("[data-selected-corrected]").hidden = true;
  const history = section.querySelector(".history");
  if (history) history.remove();
  if (form) {
    form.elements.path.value = figure.dataset.at;
    const input = form.elements.new;
    if (input.tagName !== "INPUT") return false;
    input.value = text;
    form.elements.reason.value = "";
  }
  section.hidden = false;
  return true;
}

function isSimple(path) {
  return path.includes("/figures/") || path.endsWith("/name");
}

async function choose(figure) {
  const path = figure.dataset.at;
  if (figure.classList.contains("is-corrected") || !isSimple(path) || !fillForm(figure)) return false;
  markFigure(path);
  history.replaceState(null, "", figure.href.replace(/#.*$/, ""));
  await turnPage(new URLSearchParams({ at: path }));
  return true;
}

function moveFocus(event, grid) {
  const cell = event.target.closest("td,th");
  if (!cell) return;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const step = steps[event.key];
  if (!step) return;
  const row = grid.rows[cell.parentElement.rowIndex + step[0]];
  const target = row && row.cells[cell.cellIndex + step[1]];
  const link = target && target.querySelector("a");
  if (link) {
    event.preventDefault();
    link.focus();
  }
}

if (screen) {
  screen.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const turn = event.target.closest("a[data-page]");
    if (turn) {
      event.preventDefault();
      if (!(await turnPage(new URLSearchParams({ page: new URL(turn.href, location.href).searchParams.get("page") })))) location.assign(turn.href);
      return;
    }
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    const path = link.dataset.at || readAt(link);
    const figure = [...screen.querySelectorAll(".fig")].find((one) => one.dataset.at === path);
    if (!figure) return; /* another table: the link loads the page */
    event.preventDefault();
    const fromDocument = !link.classList.contains("fig");
    if (!(await choose(figure))) { location.assign(figure.href); return; }
    if (fromDocument) { figure.scrollIntoView({ block: "center" }); figure.focus(); }
  });
  for (const grid of screen.querySelectorAll("[data-grid]")) {
    grid.addEventListener("keydown", (event) => moveFocus(event, grid));
  }
  const here = screen.querySelector("#here");
  if (here) here.scrollIntoView({ block: "center", inline: "center" });
  if (location.hash === "#at") document.querySelector("#at").focus({ preventScroll: false });
}

for (const form of document.querySelectorAll("[data-suggest]")) {
  const name = form.querySelector("[name=department]");
  const region = form.querySelector("[name=region]");
  const list = document.createElement("datalist");
  list.id = "known-departments";
  form.append(list);
  name.setAttribute("list", list.id);
  const known = new Map();
  let waiting = 0;
  name.addEventListener("input", () => {
    if (known.has(name.value)) region.value = known.get(name.value);
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(name.value)}`);
      if (!response.ok) return;
      const { departments } = await response.json();
      list.replaceChildren(...departments.map((one) => {
        known.set(one.name, one.region);
        const option = document.createElement("option");
        option.value = one.name;
        option.label = one.region;
        return option;
      }));
    }, 200);
  });
}
