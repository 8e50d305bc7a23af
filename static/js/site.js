/* What the page can do beyond plain links. Each behaviour is found by its data-* attribute, lives in
   its own module, and is loaded only where the page has it. Without script everything still works. */
import { startThemeSwitch } from "./theme-switch.js";

startThemeSwitch();

const behaviours = [
  ["[data-chart]", () => import("./chart.js"), "startCharts"],
  ["[data-rows]", () => import("./rows.js"), "startRows"],
  ["select[data-go]", () => import("./go.js"), "startGo"],
];

for (const [selector, load, start] of behaviours) {
  const found = document.querySelectorAll(selector);
  if (found.length) load().then((module) => module[start](found));
}
