// Applies the stored theme before the first paint. A file of its own, for the page allows no inline script.
(() => {
  let choice = null;
  try { choice = localStorage.getItem("fargate-playground.theme"); } catch { /* storage is blocked: follow the system */ }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
