// The code editor of the playground as plain functions, each taking the handle that `create` returns.
// Types and contract: editor.d.ts.
import { redo as makeAgain, undo as takeBack } from "@codemirror/commands";
import { EditorSelection, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, lineNumbers, tooltips } from "@codemirror/view";
import { bracketMatching } from "@codemirror/language";
import { assist } from "./assist.js";
import { applyAll, replaceText, withLf } from "./edits.js";
import { find } from "./find.js";
import { findingMarks, setFindingsEffect } from "./findings.js";
import { follow } from "./follow.js";
import { json } from "./json.js";
import { keys } from "./keys.js";
import { quietMarks, setBarsEffect, setHintsEffect } from "./marks.js";
import { page, reports } from "./page.js";
import { theme } from "./theme.js";
import { walk } from "./walk.js";
import { wrapping } from "./wrap.js";

const NO_BREAK_SPACES = /[\u00a0\u202f\u2007]/g;

function contentAttributes({ label, describedBy }) {
  // Editable content takes the focus by itself; checkers of accessibility look for the attribute.
  const attributes = { "aria-label": label ?? "", tabindex: "0" };
  if (describedBy) attributes["aria-describedby"] = describedBy;
  return attributes;
}

/** Makes an editor inside `parent` and returns its handle. */
export function create(parent, options) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: withLf(options.text ?? ""),
      extensions: [
        page.of(options),
        EditorView.contentAttributes.of(contentAttributes(options)),
        options.tooltipParent ? tooltips({ parent: options.tooltipParent }) : [],
        EditorState.readOnly.of(options.readOnly === true),
        keys,
        assist,
        find,
        json,
        bracketMatching(),
        highlightSpecialChars({ addSpecialChars: NO_BREAK_SPACES }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        wrapping,
        quietMarks,
        lineNumbers(),
        findingMarks,
        follow,
        reports,
        theme,
      ],
    }),
  });
  return { view };
}

/** Replaces the text; caret, marks and undo history stay where the text is the same. */
export function setText({ view }, text) {
  replaceText(view, text);
}

/** The text as the editor holds it. */
export function getText({ view }) {
  return view.state.doc.toString();
}

/** Replaces all findings. */
export function setFindings({ view }, findings) {
  view.dispatch({ effects: setFindingsEffect.of([...findings]) });
}

/** Takes the last step back; whether there was one. */
export function undo({ view }) {
  return takeBack(view);
}

/** Makes the step again that was taken back last; whether there was one. */
export function redo({ view }) {
  return makeAgain(view);
}

/** Applies edits as one undo step. */
export function applyEdits({ view }, edits) {
  applyAll(view, [...edits]);
}

/** Replaces the hints at line ends. */
export function setHints({ view }, hints) {
  view.dispatch({ effects: setHintsEffect.of([...hints]) });
}

/** Replaces the colour bars. */
export function setBars({ view }, bars) {
  view.dispatch({ effects: setBarsEffect.of([...bars]) });
}

/** Moves the keyboard focus into the text. */
export function focus({ view }) {
  view.focus();
}

/** Selects a range and scrolls it into the middle; does not move the focus. */
export function reveal({ view }, from, to) {
  const { length } = view.state.doc;
  const start = Math.max(0, Math.min(length, from));
  const range = EditorSelection.range(start, Math.max(start, Math.min(length, to ?? start)));
  view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: "center" }) });
}

/** Goes to the next (1) or previous (-1) finding and returns its index, or -1 when there is none. */
export function nextFinding({ view }, direction) {
  const index = walk(view, direction < 0 ? -1 : 1);
  view.focus();
  return index;
}

/** Removes the editor; its callbacks are not called any more. */
export function destroy({ view }) {
  view.destroy();
}
