// Measures, inside the page, how long a typed character takes until its findings are drawn. The character makes or mends an
// unknown member, so that each keystroke changes what is marked. What is measured gathers in `window.typing`.
const [count] = arguments;
const content = document.querySelector(".cm-content");
const marks = () => content.querySelectorAll(".fe-mark").length;
const frames = [];
const drawn = [];
window.typing = { drawn, frames };
let frame = 0;
let began = 0;
let typed = null;
let before = marks();

// The browser's own frames, and when each began.
const tick = (at) => {
  if (began) frames.push(at - began);
  began = at;
  frame += 1;
  if (drawn.length < count) requestAnimationFrame(tick);
};
requestAnimationFrame(tick);

content.addEventListener("keydown", ({ timeStamp }) => {
  typed = { at: timeStamp, frame };
}, true);

const observer = new MutationObserver(() => {
  if (!typed || marks() === before) return;
  before = marks();
  const { at, frame: then } = typed;
  typed = null;
  const within = frame - then;
  const work = performance.now() - began;
  // A message's turn comes after the frame is painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    drawn.push({ waited: performance.now() - at, work, frames: within });
    if (drawn.length === count) observer.disconnect();
  };
  port2.postMessage(0);
});
observer.observe(content, { subtree: true, childList: true, attributes: true, characterData: true });
