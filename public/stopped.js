// The buttons of the notice that the program itself failed. They need nothing of it.
(() => {
  const scenario = "fargate-playground.scenario";
  const by = (id) => document.getElementById(id);
  by("stopped-restart").addEventListener("click", () => location.reload());
  by("stopped-copy").addEventListener("click", () => navigator.clipboard?.writeText(by("stopped-report").textContent));
  by("stopped-fresh").addEventListener("click", () => {
    const text = localStorage.getItem(scenario);
    if (text !== null) {
      localStorage.setItem(`fargate-playground.not-opened.${Date.now()}`, text);
      localStorage.removeItem(scenario);
    }
    location.reload();
  });
  // A browser that cannot start the program at all says so in the skeleton.
  const unable = () => {
    const status = document.querySelector("#skeleton [role=status]");
    if (status) {
      status.className = "pill err";
      status.textContent = typeof WebAssembly === "object"
        ? "The simulation could not start. Reload the page."
        : "This browser cannot run the simulation.";
    }
  };
  addEventListener("error", unable);
  addEventListener("unhandledrejection", unable);
})();
