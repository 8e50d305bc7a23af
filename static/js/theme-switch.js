/* The button that changes between light and dark; announces it, so that charts can follow. */
const root = document.documentElement;

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function announce() {
  document.dispatchEvent(new CustomEvent("themechange"));
}

export function startThemeSwitch() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    const label = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.hidden = false;
    label();
    document.addEventListener("themechange", label);
    button.addEventListener("click", () => {
      const theme = isDark() ? "light" : "dark";
      root.dataset.theme = theme;
      try { localStorage.setItem("theme", theme); } catch { /* not kept, still applied */ }
      announce();
    });
  }
}
