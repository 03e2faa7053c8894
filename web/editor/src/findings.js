// Findings in the text: where they are, which one is open, and how they are marked.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";
import { icon } from "./dom.js";
import { OpenProblem } from "./problem.js";

const RANK = { error: 0, warning: 1, hint: 2 };
const LONGEST_MARKED_LINES = 3;

/** Replaces all findings. */
export const setFindingsEffect = StateEffect.define();
/** Opens the finding at this place in the list; -1 opens none. */
export const openEffect = StateEffect.define();

class PointMark extends WidgetType {
  constructor(severity) {
    super();
    this.severity = severity;
  }
  eq(other) {
    return other.severity === this.severity;
  }
  toDOM() {
    const mark = document.createElement("span");
    mark.className = `fe-point fe-${this.severity}`;
    return mark;
  }
}

class SeverityIcon extends GutterMarker {
  constructor(severity, title) {
    super();
    this.severity = severity;
    this.title = title;
  }
  eq(other) {
    return other.severity === this.severity && other.title === this.title;
  }
  toDOM() {
    const place = document.createElement("span");
    place.className = `fe-gutter-icon fe-${this.severity}`;
    place.title = this.title;
    place.append(icon(this.severity, 14));
    return place;
  }
}

/** What to draw as the underline: text if there is any, else a small box at the point. */
function underline(doc, { from, to, severity }) {
  const first = doc.lineAt(from);
  if (from === to && to < first.to) to++;
  if (from === to) return Decoration.widget({ widget: new PointMark(severity), side: 1 }).range(from);
  if (doc.lineAt(to).number - first.number >= LONGEST_MARKED_LINES) to = Math.max(from + 1, first.to);
  return Decoration.mark({ class: `fe-mark fe-${severity}` }).range(from, to);
}

function draw(doc, list, open) {
  const places = new Map(list.map((finding) => [`${finding.from} ${finding.to} ${finding.severity}`, finding]));
  const marks = [...places.values()].map((finding) => underline(doc, finding));
  const byLine = new Map();
  for (const finding of list) {
    const line = doc.lineAt(finding.from);
    if (!byLine.has(line.from)) byLine.set(line.from, []);
    byLine.get(line.from).push(finding);
  }
  if (list[open]) {
    const line = doc.lineAt(list[open].from);
    marks.push(Decoration.widget({ widget: new OpenProblem(list[open]), block: true, side: 1 }).range(line.to));
    // The open problem shows its own icon.
    if (byLine.get(line.from).length === 1) byLine.delete(line.from);
  }
  const icons = [...byLine].map(([at, here]) => {
    const worst = here.reduce((a, b) => (RANK[b.severity] < RANK[a.severity] ? b : a));
    const title = here.map(({ message }) => message.replaceAll("`", "")).join("\n");
    return new SeverityIcon(worst.severity, title).range(at);
  });
  return { list, open, marks: Decoration.set(marks, true), icons: RangeSet.of(icons, true) };
}

const empty = { list: [], open: -1, marks: Decoration.none, icons: RangeSet.empty };

function clamped(finding, index, length) {
  const from = Math.max(0, Math.min(length, finding.from));
  const to = Math.max(from, Math.min(length, finding.to));
  const severity = finding.severity in RANK ? finding.severity : "error";
  const fixes = (finding.fixes ?? []).map((fix) => (typeof fix === "string" ? { title: fix } : fix));
  return { ...finding, index, from, to, severity, fixes };
}

function sameProblem(a, b) {
  return a.code === b.code && a.from <= b.to && b.from <= a.to;
}

/** A range after changes that left some of it. */
function moved(range, changes) {
  const from = changes.mapPos(range.from, 1);
  return { ...range, from, to: Math.max(from, changes.mapPos(range.to, -1)) };
}

/** All findings in the order of the text, with the open one. `index` of each is its place in what the page handed over. */
export const findings = StateField.define({
  create: () => empty,
  update(value, tr) {
    let { list, open } = value;
    if (tr.docChanged && list.length > 0) {
      const before = list[open];
      const kept = list.filter(({ from, to }) => tr.changes.touchesRange(from, to) !== "cover");
      open = kept.indexOf(before);
      list = kept.map((finding) => moved(finding, tr.changes));
    }
    for (const effect of tr.effects) {
      if (effect.is(setFindingsEffect)) {
        const before = list[open];
        list = effect.value.map((finding, index) => clamped(finding, index, tr.newDoc.length));
        list.sort((a, b) => a.from - b.from || RANK[a.severity] - RANK[b.severity] || a.to - b.to);
        open = before ? list.findIndex((finding) => sameProblem(before, finding)) : -1;
      } else if (effect.is(openEffect)) {
        open = effect.value;
      }
    }
    return list === value.list && open === value.open ? value : draw(tr.newDoc, list, open);
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

function smallestTouching(list, pos) {
  let best = -1;
  list.forEach(({ from, to }, i) => {
    if (from <= pos && pos <= to && (best < 0 || to - from < list[best].to - list[best].from)) best = i;
  });
  return best;
}

/** Place in the list of the finding at the caret: touching it, else the first on its line, else -1. */
export function atCaret(state, accept = () => true) {
  const list = state.field(findings).list.map((finding) => (accept(finding) ? finding : { from: -1, to: -1 }));
  const { head } = state.selection.main;
  const touching = smallestTouching(list, head);
  if (touching >= 0) return touching;
  const line = state.doc.lineAt(head);
  return list.findIndex(({ from }) => line.from <= from && from <= line.to);
}

/** Place in the list of the finding that should be open: at the caret, else the one that is open, else the first problem. */
export function shouldOpen(state) {
  const { list, open } = state.field(findings);
  const here = atCaret(state);
  if (here >= 0) return here;
  return open >= 0 ? open : list.findIndex(({ severity }) => severity !== "hint");
}

const iconGutter = gutter({
  class: "fe-icons",
  side: "after",
  markers: (view) => view.state.field(findings).icons,
  domEventHandlers: {
    mousedown(view, line, event) {
      const { list } = view.state.field(findings);
      const clicked = list.findIndex(({ from }) => line.from <= from && from <= line.to);
      if (clicked < 0) return false;
      event.preventDefault();
      view.dispatch({ selection: { anchor: list[clicked].from }, effects: openEffect.of(clicked) });
      return true;
    },
  },
});

export const findingMarks = [findings, iconGutter];
