// Completion and explanations, both answered by the page.
import { autocompletion } from "@codemirror/autocomplete";
import { EditorView, activateHover, closeHoverTooltips, hasHoverTooltips, hoverTooltip } from "@codemirror/view";
import { element, sentence } from "./dom.js";
import { findings } from "./findings.js";
import { page } from "./page.js";
import { problemDom } from "./problem.js";

/** Inserts the text of an option and puts the caret at its `cursor`, counted from its start. */
const insert = (text, cursor) => (view, _completion, from, to) => {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + (cursor ?? text.length) },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
};

function option({ label, detail, info, apply, cursor, boost }) {
  return {
    label,
    detail,
    boost,
    info: info ? () => element("div", "", ...sentence(info)) : undefined,
    apply: insert(apply ?? label, cursor),
  };
}

function complete({ state, pos, explicit }) {
  const answer = state.facet(page).complete?.(state.doc.toString(), pos, explicit);
  if (!answer?.options?.length) return null;
  return { from: answer.from, to: answer.to, filter: answer.filter, options: answer.options.map(option) };
}

function sourceLine(source) {
  if (!/^https:\/\//.test(source)) return element("p", "fe-source", source);
  const link = element("a", "", new URL(source).hostname);
  Object.assign(link, { href: source, target: "_blank", rel: "noopener noreferrer" });
  return element("p", "fe-source", link);
}

function explanation({ title, text, source }) {
  const card = element("div", "fe-card");
  if (title) card.append(element("p", "fe-title", ...sentence(title)));
  if (text) card.append(element("p", "fe-body", ...sentence(text)));
  if (source) card.append(sourceLine(source));
  return card;
}

/** What there is to say about a place: problems whose block is not open, then the page's explanation. */
function explain(view, pos) {
  const { list, open } = view.state.field(findings);
  const problems = list.filter(({ from, to }, i) => i !== open && from <= pos && pos <= to);
  const words = view.state.facet(page).hover?.(view.state.doc.toString(), pos);
  if (problems.length === 0 && !words) return null;
  const spans = words ? [...problems, words] : problems;
  return {
    pos: Math.min(pos, ...spans.map(({ from }) => from)),
    end: Math.max(pos, ...spans.map(({ to }) => to)),
    above: true,
    create: () => ({
      dom: element("div", "fe-hover", ...problems.map((finding) => problemDom(view, finding, false)), words ? explanation(words) : null),
    }),
  };
}

const hovering = hoverTooltip(explain, { hideOnChange: true });

/** Shows at the caret what the pointer would show, and reads it out. */
export function explainHere(view) {
  const { head } = view.state.selection.main;
  const words = view.state.facet(page).hover?.(view.state.doc.toString(), head);
  activateHover(view, head, 1, { tooltip: hovering, until: (tr) => tr.docChanged || tr.selection !== undefined });
  const said = words ? [words.title, words.text].filter(Boolean).join(". ") : "Nothing to explain here.";
  view.dispatch({ effects: EditorView.announce.of(said.replaceAll("`", "")) });
  return true;
}

/** Closes an explanation; false when there was none. */
export function closeExplanation(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

export const assist = [autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }), hovering];
