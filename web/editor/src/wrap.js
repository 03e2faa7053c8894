// Wrapped lines continue under their own indentation, which keeps nesting readable on narrow screens.
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

/** Indentation deeper than this many columns continues at this column. */
export const DEEPEST = 24;

const hanging = Array.from({ length: DEEPEST + 1 }, (_, columns) => Decoration.line({ class: `fe-indent-${columns}` }));

function indentedLines(view) {
  const builder = new RangeSetBuilder();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const columns = Math.min(DEEPEST, /^ */.exec(line.text)[0].length);
      if (columns > 0) builder.add(line.from, line.from, hanging[columns]);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

export const wrapping = [
  EditorView.lineWrapping,
  ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = indentedLines(view);
      }
      update(update) {
        if (update.docChanged || update.viewportChanged) this.decorations = indentedLines(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];
