// Commands on findings: walking from one to the next, and applying a fix from the keyboard.
import { EditorView } from "@codemirror/view";
import { FIX_KEY } from "./dom.js";
import { atCaret, findings, openEffect } from "./findings.js";
import { page } from "./page.js";
import { SEVERITY_NAMES } from "./problem.js";

/** Space kept free below the line of a finding, so that its block is seen too. In pixels. */
const ROOM_FOR_BLOCK = 110;

function spoken(state, { from, severity, message, fixes }) {
  const line = state.doc.lineAt(from).number;
  const fix = fixes.length > 0 ? ` Fix: ${fixes[0].title}, ${FIX_KEY}` : "";
  return `${SEVERITY_NAMES[severity]}, line ${line}. ${message.replaceAll("`", "")}${fix}`;
}

/** The place in `list` to go to from the caret: the next (1) or previous (-1), around the ends. */
function following({ list, open }, head, direction) {
  const at = list[open]?.from === head ? open : -1;
  if (at >= 0) return (at + direction + list.length) % list.length;
  if (direction > 0) return Math.max(0, list.findIndex(({ from }) => from > head));
  const before = list.findLastIndex(({ from }) => from < head);
  return before < 0 ? list.length - 1 : before;
}

/** Goes to the next or previous finding, opens and announces it; returns its index as the page numbers them, or -1. */
export function walk(view, direction) {
  const all = view.state.field(findings);
  if (all.list.length === 0) {
    view.dispatch({ effects: EditorView.announce.of("No problems.") });
    return -1;
  }
  const next = following(all, view.state.selection.main.head, direction);
  const finding = all.list[next];
  view.dispatch({
    selection: { anchor: finding.from },
    effects: [
      openEffect.of(next),
      EditorView.scrollIntoView(finding.from, { y: "nearest", yMargin: ROOM_FOR_BLOCK }),
      EditorView.announce.of(spoken(view.state, finding)),
    ],
  });
  return finding.index;
}

/** Applies the first fix of the finding at the caret, else of the open one. */
export function fixFirst(view) {
  const { list, open } = view.state.field(findings);
  const fixable = (finding) => finding?.fixes.length > 0;
  const here = list[atCaret(view.state, fixable)] ?? (fixable(list[open]) ? list[open] : null);
  if (here) view.state.facet(page).onFix?.(here.index, 0);
  else view.dispatch({ effects: EditorView.announce.of("No fix here.") });
  return true;
}
