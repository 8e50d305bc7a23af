/* Charts: plain figures from a JSON address, drawn when they come into view, in the page's own colours.
   On a phone the table comes first and the picture waits behind its button. */
const PHONE = matchMedia("(max-width: 639px)");
const SETTINGS = { displayModeBar: false, showSendToCloud: false, displaylogo: false, responsive: true };
let library;

function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const { plotly, plotlyCss } = document.documentElement.dataset;
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: plotlyCss, id: "plotly.js-style-global" });
    style.className = "no-inline-styles";
    const script = Object.assign(document.createElement("script"), { src: plotly });
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", reject);
    document.head.append(style, script);
  });
  return library;
}

function readToken(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const toChannels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/* "c1" is a token, "c1/30" the same at 30 % opacity, "c1~30" 30 % of it mixed into the paper (so that the
   library can tell which text can be read on it); anything else stays as it is. */
function toColour(role) {
  const [name, sign, percent] = String(role).split(/([/~])/);
  const hex = readToken(name);
  if (!hex) return role;
  if (!sign) return hex;
  const part = Number(percent) / 100;
  if (sign === "/") return `rgba(${toChannels(hex).join(",")},${part})`;
  const paper = toChannels(readToken("paper"));
  return `rgb(${toChannels(hex).map((value, at) => Math.round(value * part + paper[at] * (1 - part))).join(",")})`;
}

/* Ink or paper, whichever reads better on a colour (relative luminance of WCAG 2). */
function readableOn(colour) {
  const channels = colour.startsWith("#") ? toChannels(colour) : colour.match(/\d+/g).slice(0, 3).map(Number);
  const [r, g, b] = channels.map((value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#14120f" : "#ffffff";
}

function setPath(target, path, value) {
  const steps = path.split(".");
  const last = steps.pop();
  let at = target;
  for (const step of steps) at = at[step] ??= {};
  at[last] = value;
}

function applyRoles(target) {
  for (const [path, role] of Object.entries(target.meta?.roles ?? {})) {
    setPath(target, path, Array.isArray(role) ? role.map(toColour) : toColour(role));
  }
  if (Array.isArray(target.marker?.colors)) setPath(target, "textfont.color", target.marker.colors.map(readableOn));
}

function withTheme(figure) {
  const { data, layout } = structuredClone(figure);
  const face = getComputedStyle(document.body).fontFamily;
  const base = {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true, separators: ".,",
    font: { family: face, size: 13, color: readToken("ink") },
    colorway: ["c1", "c2", "c3", "c4", "c5", "c6", "c0"].map(readToken),
    hoverlabel: { bgcolor: readToken("sheet"), bordercolor: readToken("rule-firm"), font: { family: face, size: 13, color: readToken("ink") } },
  };
  const themed = { ...base, ...layout };
  for (const key of Object.keys(themed)) {
    if (!/^[xy]axis\d*$/.test(key)) continue;
    themed[key] = {
      gridcolor: readToken("rule"), zerolinecolor: readToken("rule-firm"), linecolor: readToken("rule-firm"),
      tickcolor: readToken("rule-firm"), ...themed[key],
    };
  }
  for (const target of [themed, ...data]) applyRoles(target);
  return { data, layout: themed };
}

async function draw(chart) {
  const { plot } = chart;
  try {
    const [Plotly, response] = await Promise.all([loadLibrary(), fetch(chart.figure.dataset.chart)]);
    if (!response.ok) throw new Error(String(response.status));
    chart.json = await response.json();
    const { data, layout } = withTheme(chart.json);
    await Plotly.newPlot(plot, data, layout, SETTINGS);
    plot.classList.replace("is-waiting", "is-drawn");
    chart.tools.hidden = false;
    listen(chart);
  } catch {
    plot.classList.remove("is-waiting");
    plot.textContent = chart.figure.dataset.failed;
    plot.classList.add("chart__failed");
  }
}

/* A click on a mark follows the same address as the row beside it; hovering one lights the other. */
function listen(chart) {
  const follow = (event) => {
    const href = event.points?.[0]?.customdata;
    const url = Array.isArray(href) ? href[0] : href;
    if (typeof url === "string" && url.startsWith("/")) location.assign(url);
    return false;
  };
  for (const name of ["plotly_click", "plotly_treemapclick", "plotly_icicleclick"]) chart.plot.on(name, follow);
  chart.plot.on("plotly_hover", (event) => light(event.points?.[0]?.id ?? event.points?.[0]?.data?.ids?.[event.points[0].pointNumber], true));
  chart.plot.on("plotly_unhover", () => light(null));
}

function light(mark) {
  for (const row of document.querySelectorAll("tr.is-lit")) row.classList.remove("is-lit");
  if (mark) for (const row of document.querySelectorAll(`tr[data-mark="${CSS.escape(mark)}"]`)) row.classList.add("is-lit");
}

function lightMarks(code) {
  for (const slice of document.querySelectorAll(".chart g.slice, .chart g.sankey-node")) {
    const datum = slice.__data__;
    const id = datum?.data?.data?.id ?? datum?.node?.customdata;
    slice.classList.toggle("is-lit", Boolean(code) && id === code);
  }
}

async function save(chart, format) {
  const Plotly = await loadLibrary();
  const { data, layout } = withTheme(chart.json);
  const text = (selector) => chart.figure.querySelector(selector)?.textContent.trim() ?? "";
  const margin = { l: 24, r: 24, b: 24, ...layout.margin };
  layout.paper_bgcolor = readToken("paper");
  layout.margin = { ...margin, t: (margin.t ?? 0) + 84, b: (margin.b ?? 0) + 40 };
  layout.title = { text: text(".chart__title"), subtitle: { text: text(".chart__answer"), font: { size: 14 } }, x: 0.02, xanchor: "left", y: 0.96, yanchor: "top", font: { size: 22 } };
  layout.annotations = [...(layout.annotations ?? []), { text: text(".chart__source"), showarrow: false, xref: "paper", yref: "paper", x: 0, y: 0, yshift: -(margin.b + 20), xanchor: "left", font: { size: 11 } }];
  const url = await Plotly.toImage({ data, layout }, { format, width: 1080, height: 720, scale: format === "png" ? 2 : 1 });
  const link = Object.assign(document.createElement("a"), { href: url, download: `${chart.figure.dataset.name || "chart"}.${format}` });
  link.click();
}

function start(chart) {
  if (chart.started) return;
  chart.started = true;
  chart.plot.classList.add("is-waiting");
  draw(chart);
}

export function startCharts(figures) {
  const charts = [...figures].map((figure) => ({
    figure, plot: figure.querySelector(".chart__plot"), tools: figure.querySelector(".chart__tools"), open: figure.querySelector(".chart__open"),
  }));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      start(charts.find((chart) => chart.figure === entry.target));
    }
  }, { rootMargin: "200px" });

  for (const chart of charts) {
    chart.plot.hidden = false;
    for (const button of chart.figure.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => save(chart, button.dataset.save));
    }
    if (PHONE.matches && chart.open) {
      chart.figure.classList.add("is-folded");
      chart.open.addEventListener("click", () => { chart.figure.classList.remove("is-folded"); start(chart); });
    } else {
      watcher.observe(chart.figure);
    }
  }

  document.addEventListener("themechange", async () => {
    for (const chart of charts.filter((each) => each.json)) {
      const { data, layout } = withTheme(chart.json);
      (await loadLibrary()).react(chart.plot, data, layout, SETTINGS);
    }
  });
  document.addEventListener("pointerover", (event) => {
    lightMarks(event.target.closest?.("tr[data-mark]")?.dataset.mark);
  });
}
