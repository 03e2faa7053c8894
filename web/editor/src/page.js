// What the editor tells the page: the callbacks handed to `create`, and when they are called.
import { Annotation, Facet } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";

/** The options of `create`, for every part of the editor that calls back. */
export const page = Facet.define({ combine: (values) => values[0] ?? {} });

/** Marks a transaction that the page asked for, in contrast to one that a person made. */
export const fromPage = Annotation.define();

/**
 * Reports text and caret after the current event, in a microtask: the page may call any function of the editor
 * from its callbacks, and several changes in one event are one report.
 */
export const reports = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.view = view;
      this.head = -1;
      this.changed = false;
      this.byPerson = false;
      this.queued = false;
      this.gone = false;
    }

    update({ docChanged, selectionSet, transactions }) {
      if (docChanged) {
        this.changed = true;
        this.byPerson ||= transactions.some((tr) => tr.docChanged && !tr.annotation(fromPage));
      }
      if (docChanged || selectionSet) this.queue();
    }

    queue() {
      if (this.queued) return;
      this.queued = true;
      queueMicrotask(() => this.report());
    }

    report() {
      const { changed, byPerson, view } = this;
      this.queued = this.changed = this.byPerson = false;
      if (this.gone) return;
      const { onChange, onCursor } = view.state.facet(page);
      if (changed) onChange?.(view.state.doc.toString(), byPerson);
      const head = view.state.selection.main.head;
      if (head === this.head) return;
      this.head = head;
      onCursor?.(head);
    }

    destroy() {
      this.gone = true;
    }
  },
);
