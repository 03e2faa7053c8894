// Keeps the right problem open as the caret moves and the findings change, without pulling lines from under anyone.
import { ViewPlugin } from "@codemirror/view";
import { findings, openEffect, shouldOpen } from "./findings.js";

/** A block opens only after this pause in typing, in milliseconds; underlines do not wait. */
const PAUSE = 600;

/** Opens a problem and keeps the line of the caret where it is on the screen. */
function openInPlace(view, open) {
  const head = view.state.selection.main.head;
  const visible = head >= view.viewport.from && head <= view.viewport.to;
  const before = visible ? view.coordsAtPos(head)?.top : undefined;
  view.dispatch({ effects: openEffect.of(open) });
  const after = visible ? view.coordsAtPos(head)?.top : undefined;
  if (before !== undefined && after !== undefined) view.scrollDOM.scrollTop += after - before;
}

export const follow = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.view = view;
      this.lastTyped = -PAUSE;
      this.timer = 0;
      this.queued = false;
      this.pressed = false;
      this.released = () => {
        this.pressed = false;
        this.queue();
      };
      this.document = view.dom.ownerDocument;
      this.document.addEventListener("pointerup", this.released);
      this.document.addEventListener("pointercancel", this.released);
    }

    update(update) {
      if (update.transactions.some((tr) => tr.docChanged && (tr.isUserEvent("input.type") || tr.isUserEvent("delete")))) {
        this.lastTyped = performance.now();
      }
      const changed = update.startState.field(findings).list !== update.state.field(findings).list;
      if (update.selectionSet || changed) this.queue();
    }

    queue() {
      if (this.queued) return;
      this.queued = true;
      queueMicrotask(() => {
        this.queued = false;
        this.decide();
      });
    }

    decide() {
      clearTimeout(this.timer);
      if (this.gone || this.pressed) return;
      const { state } = this.view;
      const open = shouldOpen(state);
      if (open === state.field(findings).open) return;
      const wait = this.lastTyped + PAUSE - performance.now();
      if (wait > 0) this.timer = setTimeout(() => this.decide(), wait);
      else openInPlace(this.view, open);
    }

    destroy() {
      this.gone = true;
      clearTimeout(this.timer);
      this.document.removeEventListener("pointerup", this.released);
      this.document.removeEventListener("pointercancel", this.released);
    }
  },
  {
    eventObservers: {
      pointerdown() {
        this.pressed = true;
      },
    },
  },
);
