// Keys of the editor. Tab indents until Escape is pressed; then Tab and Shift Tab leave.
import { acceptCompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { findNext, findPrevious, openSearchPanel } from "@codemirror/search";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { closeExplanation, explainHere } from "./assist.js";
import { closeFind } from "./find.js";
import { page } from "./page.js";
import { fixFirst, walk } from "./walk.js";

/** Edits with less than this between them are undone together, in milliseconds. */
const UNDO_GROUP = 600;

function register(view) {
  view.state.facet(page).onRegister?.();
  return true;
}

function release(view) {
  if (closeExplanation(view) || closeFind(view)) return true;
  view.setTabFocusMode(true);
  view.state.facet(page).onEscape?.();
  return true;
}

const STAYS_RELEASED = ["Escape", "Tab", "Shift", "Control", "Alt", "Meta"];

const takeTabBack = EditorView.domEventObservers({
  keydown(event, view) {
    if (!STAYS_RELEASED.includes(event.key)) view.setTabFocusMode(false);
  },
  mousedown: (_event, view) => view.setTabFocusMode(false),
  blur: (_event, view) => view.setTabFocusMode(false),
});

const ours = [
  { key: "Mod-.", run: fixFirst },
  { key: "Ctrl-.", run: fixFirst },
  { key: "F8", run: (view) => walk(view, 1) !== null, shift: (view) => walk(view, -1) !== null },
  { key: "Mod-Enter", run: register },
  { key: "Mod-i", run: explainHere, preventDefault: true },
  { key: "Mod-f", run: openSearchPanel },
  { key: "F3", run: findNext, shift: findPrevious, preventDefault: true },
  { key: "Escape", run: release },
  { key: "Tab", run: acceptCompletion },
];

export const keys = [
  takeTabBack,
  history({ newGroupDelay: UNDO_GROUP }),
  closeBrackets(),
  Prec.high(keymap.of(ours)),
  keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
];
