// What the page does when the program itself fails: it keeps its last moment, says so, and offers a way on. It needs nothing of
// the program: a trap of the wasm reaches the page as an uncaught error, whatever was the cause.
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

  const unable = () => {
    const status = document.querySelector("#skeleton [role=status]");
    status.className = "pill err";
    status.textContent = typeof WebAssembly === "object"
      ? "The simulation could not start. Reload the page."
      : "This browser cannot run the simulation.";
  };
  const stop = (error) => {
    document.documentElement.setAttribute("data-stopped", "");
    const now = by("now");
    if (now) {
      by("stopped-at").textContent = now.textContent;
    }
    document.querySelector(".app")?.setAttribute("inert", "");
    const report = by("stopped-report");
    // The first fault is the cause; what fails after it only follows.
    report.textContent ||= `${error?.message ?? error}\n${error?.stack ?? ""}`;
    const notice = by("stopped");
    notice.hidden = false;
    notice.focus();
  };
  const failed = (error) => {
    if (by("skeleton")) {
      unable();
    } else if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) {
      stop(error);
    }
  };
  addEventListener("error", (event) => failed(event.error));
  addEventListener("unhandledrejection", (event) => failed(event.reason));
})();
