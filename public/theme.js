// What must be known before the first paint: the stored theme, and whether a scenario is kept. A file of its own, for the
// page allows no inline script.
(() => {
  const read = (key) => {
    try { return localStorage.getItem(key); } catch { return null; /* storage is blocked */ }
  };
  const root = document.documentElement;
  const choice = read("fargate-playground.theme");
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.dataset.visit = read("fargate-playground.scenario") === null ? "first" : "again";
})();
