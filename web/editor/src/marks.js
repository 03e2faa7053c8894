// Quiet marks beside the text: hints at line ends and the colour bar of each container.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";
import { element } from "./dom.js";

const TONES = ["c1", "c2", "c3"];
const toneClass = (tone) => (TONES.includes(tone) ? ` fe-${tone}` : "");

/** Replaces all hints: [{ at, text, tone }]. */
export const setHintsEffect = StateEffect.define();
/** Replaces all bars: [{ from, to, tone }]. */
export const setBarsEffect = StateEffect.define();

class Hint extends WidgetType {
  constructor({ text, tone }) {
    super();
    this.text = text;
    this.tone = tone;
  }
  eq(other) {
    return other.text === this.text && other.tone === this.tone;
  }
  toDOM() {
    return element("span", `fe-note${toneClass(this.tone)}`, this.text);
  }
  ignoreEvent() {
    return false;
  }
}

function drawHints(doc, hints) {
  return Decoration.set(
    hints.map((hint) => {
      const line = doc.lineAt(Math.max(0, Math.min(doc.length, hint.at)));
      return Decoration.widget({ widget: new Hint(hint), side: 1 }).range(line.to);
    }),
    true,
  );
}

const hints = StateField.define({
  create: () => Decoration.none,
  update(value, tr) {
    const given = tr.effects.findLast((effect) => effect.is(setHintsEffect));
    return given ? drawHints(tr.newDoc, given.value) : value.map(tr.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function within(length, { from, to, tone }) {
  const start = Math.max(0, Math.min(length, from));
  return { from: start, to: Math.max(start, Math.min(length, to)), tone };
}

const bars = StateField.define({
  create: () => [],
  update(value, tr) {
    const given = tr.effects.findLast((effect) => effect.is(setBarsEffect));
    if (given) return given.value.map((bar) => within(tr.newDoc.length, bar));
    if (!tr.docChanged) return value;
    const kept = value.filter(({ from, to }) => tr.changes.touchesRange(from, to) !== "cover");
    return kept.map((bar) => ({ ...bar, from: tr.changes.mapPos(bar.from, 1), to: tr.changes.mapPos(bar.to, -1) }));
  },
});

class Bar extends GutterMarker {
  constructor(tone) {
    super();
    this.elementClass = `fe-bar${toneClass(tone)}`;
  }
  eq(other) {
    return other.elementClass === this.elementClass;
  }
}

const barGutter = gutter({
  class: "fe-bars",
  lineMarker(view, line) {
    const bar = view.state.field(bars).findLast(({ from, to }) => from <= line.to && line.from <= to);
    return bar ? new Bar(bar.tone) : null;
  },
  lineMarkerChange: (update) => update.startState.field(bars) !== update.state.field(bars),
});

export const quietMarks = [hints, bars, barGutter];
