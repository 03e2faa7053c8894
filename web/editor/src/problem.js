// One problem written out: the sentence, the help, a button per fix, and what a fix would change.
import { ChangeSet } from "@codemirror/state";
import { WidgetType } from "@codemirror/view";
import { FIX_KEY, element, icon, sentence } from "./dom.js";
import { page } from "./page.js";

/** What each severity is called when it is read out. */
export const SEVERITY_NAMES = { error: "Error", warning: "Warning", hint: "Hint" };

const PREVIEWED_PLACES = 3;

/** The lines that edits touch, before and after: [{ before, after }], neighbours joined. */
function touchedLines(doc, edits) {
  const changes = ChangeSet.of(edits, doc.length);
  const changed = changes.apply(doc);
  const places = [];
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    const place = {
      from: doc.lineAt(fromA).from,
      to: doc.lineAt(toA).to,
      newFrom: changed.lineAt(fromB).from,
      newTo: changed.lineAt(toB).to,
    };
    const last = places.at(-1);
    if (last && place.from <= last.to) Object.assign(last, { to: place.to, newTo: place.newTo });
    else places.push(place);
  });
  return places.map(({ from, to, newFrom, newTo }) => ({
    before: doc.sliceString(from, to),
    after: changed.sliceString(newFrom, newTo),
  }));
}

/** Every written line as an element, without the `indent` that all of them share. */
function lineElements(tag, text, indent) {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.map((line) => element(tag, "", line.slice(indent)));
}

function preview(doc, edits) {
  const places = touchedLines(doc, edits);
  const shown = places.slice(0, PREVIEWED_PLACES).flatMap(({ before, after }) => {
    const indents = `${before}\n${after}`.split("\n").map((line) => line.search(/\S/));
    const indent = Math.min(...indents.filter((columns) => columns >= 0));
    return [...lineElements("del", before, indent), ...lineElements("ins", after, indent)];
  });
  const more = places.length - PREVIEWED_PLACES;
  return [...shown, more > 0 ? element("span", "", `and ${more} more`) : null].filter(Boolean);
}

function fixButton(view, finding, nth, showPreview) {
  const { title, edits } = finding.fixes[nth];
  const button = element("button", nth === 0 ? "fe-button fe-first" : "fe-button", nth === 0 ? icon("wrench", 12) : null, title);
  button.type = "button";
  // The caret stays in the text while the button is pressed with a pointer.
  button.onmousedown = (event) => event.preventDefault();
  button.onclick = (event) => {
    view.state.facet(page).onFix?.(finding.index, nth);
    // Focus on a touch screen would open the keyboard.
    if (event.pointerType !== "touch") view.focus();
  };
  if (edits?.length && showPreview) {
    button.onmouseenter = button.onfocus = () => showPreview(preview(view.state.doc, edits));
    button.onmouseleave = button.onblur = () => showPreview([]);
  }
  return button;
}

/** The way to the page that explains the rule. */
function ruleLink(address, code) {
  const link = element("a", "", "Why: the rule ", element("code", "", code));
  Object.assign(link, { href: address, target: "_blank", rel: "noopener" });
  link.setAttribute("aria-label", `Why: the rule ${code} (opens in a new tab)`);
  return element("p", "fe-rule", link);
}

/** The DOM of a finding. `open` is the block in the text, which names the key and previews fixes below its buttons. */
export function problemDom(view, finding, open) {
  const { severity, message, help, code, rule, fixes } = finding;
  const text = element("div", "fe-text", element("p", "", ...sentence(message)));
  if (help && help !== message) text.append(element("p", "fe-help", ...sentence(help)));
  if (rule) text.append(ruleLink(rule, code));
  const box = element("div", `fe-problem fe-${severity}`, element("div", "fe-row", icon(severity, 14), text));
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", SEVERITY_NAMES[severity]);
  if (code) box.dataset.code = code;
  if (fixes.length === 0) return box;
  const previewed = element("div", "fe-preview");
  const showPreview = open ? (nodes) => previewed.replaceChildren(...nodes) : null;
  const actions = element("div", "fe-actions", ...fixes.map((_, nth) => fixButton(view, finding, nth, showPreview)));
  if (open) actions.append(element("kbd", "", FIX_KEY));
  box.append(actions, previewed);
  return box;
}

/** The open finding as a block below its line. */
export class OpenProblem extends WidgetType {
  constructor(finding) {
    super();
    const { index, severity, message, help, code, fixes } = finding;
    this.finding = finding;
    this.key = JSON.stringify([index, severity, message, help, code, fixes]);
  }
  eq(other) {
    return other.key === this.key;
  }
  get estimatedHeight() {
    return 84;
  }
  toDOM(view) {
    return element("div", "fe-open", problemDom(view, this.finding, true));
  }
}
