// Measures in the page; what is measured comes as milliseconds. `arguments` are what to measure, and how.
const [what, ...how] = arguments;

/** Waits for the next frame's start. */
const frame = () => new Promise(requestAnimationFrame);
/** Waits until the frame that runs now is painted: a message's turn comes after that. */
const painted = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
});

/** The simulator's cases in a wasm file: for each, one turn of the fastest of several measures, and the longest turn. */
const cases = async (base64, names, times, rounds) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { prepare, ask } = instance.exports;
  if (prepare() !== names.length) throw new Error("the wasm has other cases");
  return names.map((_, place) => {
    let best = Infinity;
    let longest = 0;
    let turn = 0;
    for (let round = 0; round < rounds[place]; round += 1) {
      const began = performance.now();
      ask(place, turn, times[place]);
      const one = (performance.now() - began) / times[place];
      turn += times[place];
      best = Math.min(best, one);
      // The first rounds warm up: the browser compiles while they run.
      if (round > rounds[place] / 10) longest = Math.max(longest, one);
    }
    return { best, longest };
  });
};

/** What the page works from a click until it is painted, without waiting for the frame's turn: once for each button in turn. */
const clicks = async (selectors, count) => {
  const works = [];
  for (let turn = 0; turn < count; turn += 1) {
    const button = document.querySelector(selectors[turn % selectors.length]);
    if (!button) throw new Error(`there is no ${selectors[turn % selectors.length]}`);
    await frame();
    await painted();
    // Asked for before the page asks, so that it comes first in the frame.
    const next = frame().then(() => performance.now());
    const began = performance.now();
    button.click();
    const clicked = performance.now() - began;
    const frames = await next;
    await painted();
    works.push(clicked + performance.now() - frames);
    for (let rest = 0; rest < 3; rest += 1) await frame();
  }
  return works;
};

/** The lengths of the browser's frames. */
const frames = async (span) => {
  const lengths = [];
  let before = await frame();
  const end = before + span;
  while (before < end) {
    const at = await frame();
    lengths.push(at - before);
    before = at;
  }
  return lengths;
};

return { cases, clicks, frames }[what](...how);
