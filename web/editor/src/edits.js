// Changes that the page makes to the text.
import { isolateHistory } from "@codemirror/commands";
import { Transaction } from "@codemirror/state";
import { fromPage } from "./page.js";

/** The text with line ends as the editor keeps them: LF only. */
export const withLf = (text) => text.replace(/\r\n?/g, "\n");

const isLowSurrogate = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** The smallest single change that turns `before` into `after`, or null when they are equal. */
function smallestChange(before, after) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start > 0 && (isLowSurrogate(before, start) || isLowSurrogate(after, start))) start--;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (end > 0 && (isLowSurrogate(before, before.length - end) || isLowSurrogate(after, after.length - end))) end--;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function oneStep(view, changes) {
  view.dispatch({
    changes,
    annotations: [fromPage.of(true), isolateHistory.of("full"), Transaction.userEvent.of("input.page")],
  });
}

/** Replaces the text, touching only what differs, so that caret, marks and undo history stay. */
export function replaceText(view, text) {
  const change = smallestChange(view.state.doc.toString(), withLf(text));
  if (change) oneStep(view, change);
}

/** Applies edits given in offsets of the present text as one undo step. Out of range offsets are clamped. */
export function applyAll(view, edits) {
  const { length } = view.state.doc;
  const inside = (at) => Math.max(0, Math.min(length, at));
  const changes = edits.map(({ from, to, insert }) => ({ from: inside(from), to: Math.max(inside(from), inside(to)), insert }));
  if (changes.length > 0) oneStep(view, changes);
}
