// Small pieces of DOM that the editor draws: elements, icons, and text with `code` in it.

const SVG = "http://www.w3.org/2000/svg";

// The drawings of the page's own icons, so that both look the same. "cut" is drawn in the colour of the ground.
const PATHS = {
  error: [
    ["fill", "M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z"],
    ["cut", "m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6"],
  ],
  warning: [
    ["fill", "M8 1.8 15 14H1z"],
    ["cut", "M8 6v3.6M8 11.9v.01"],
  ],
  hint: [["line", "M5.7 10.4c-1.3-.9-2-2.2-2-3.7a4.3 4.3 0 0 1 8.6 0c0 1.5-.7 2.8-2 3.7v1.4H5.7zM6.4 14.2h3.2"]],
  wrench: [["line", "M13 5.2a3.4 3.4 0 0 1-4.7 3.9L5 12.6a1.4 1.4 0 0 1-2-2l3.5-3.3A3.4 3.4 0 0 1 10.6 2.9L8.7 4.8l.4 1.9 1.900.4z"]],
  close: [["line", "m4.2 4.2 7.6 7.6m0-7.6-7.6 7.6"]],
  up: [["line", "m4.4 9.7 3.6-3.6 3.6 3.6"]],
  down: [["line", "m4.4 6.3 3.6 3.6 3.6-3.6"]],
};

/** An icon of the page, `size` pixels wide, hidden from assistive technology. */
export function icon(name, size) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  svg.setAttribute("class", "fe-icon");
  for (const [kind, d] of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", `fe-${kind}`);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** An element with a class and children (nodes or strings). */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Nodes for a sentence in which `backticks` mark what one could type. */
export function sentence(text) {
  return text.split("`").map((part, i) => (i % 2 === 1 ? element("code", "", part) : part));
}

/** True where the platform's command key is not Ctrl. */
const onApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** The key that applies a fix, as printed on the keyboard. */
export const FIX_KEY = onApple ? "⌘ ." : "Ctrl .";
