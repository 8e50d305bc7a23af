/* Before the first paint: the theme the reader chose, kept in this browser only. */
(function () {
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* storage is closed: the system's theme stays */ }
})();
