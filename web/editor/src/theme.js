// Looks, all from the page's design tokens (custom properties), so that light and dark follow the page.
import { EditorView } from "@codemirror/view";
import { DEEPEST } from "./wrap.js";

const TONES = ["c1", "c2", "c3"];
const SEVERITIES = { error: "err", warning: "warn", hint: "info" };

const text = {
  "&": { color: "var(--text-1)" },
  // What holds the popups has the theme too, and would be as high as the page.
  "&.cm-editor": { height: "100%", minHeight: "0", background: "var(--code-bg)" },
  "&.cm-focused": { outline: "none" },
  // Above the gutters, which would cover an outline.
  "&.cm-focused::after": { content: "''", position: "absolute", inset: "0", zIndex: "2", border: "1px solid var(--accent-line)", pointerEvents: "none" },
  ".cm-scroller": { font: "var(--code-12)", overflowX: "hidden", scrollbarColor: "var(--line-2) transparent", scrollbarWidth: "thin" },
  ".cm-content": { padding: "6px 0", minWidth: "0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 4px 0 0" },
  ".cm-activeLine": { background: "var(--code-active)" },
  "& .cm-content ::selection, & .cm-content::selection": { background: "var(--accent-line)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--accent-line)", borderRadius: "2px" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { background: "none" },
  ".cm-specialChar": { color: "var(--err-text)", background: "var(--err-soft)", borderRadius: "2px" },
  ".cm-searchMatch": { background: "var(--warn-soft)", outline: "1px solid var(--warn)", borderRadius: "2px" },
  ".cm-searchMatch-selected": { background: "var(--accent-line)", outlineColor: "var(--accent)" },
};

const indents = Object.fromEntries(
  Array.from({ length: DEEPEST }, (_, i) => [`.cm-line.fe-indent-${i + 1}`, { paddingLeft: `${i + 1}ch`, textIndent: `-${i + 1}ch` }]),
);

const gutters = {
  // CodeMirror's own 200 would lie over the page's popovers.
  ".cm-gutters": { background: "var(--code-bg)", color: "var(--code-gutter)", border: "none", zIndex: "1" },
  ".cm-gutters.cm-gutters-before, .cm-gutters.cm-gutters-after": { border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "29px", padding: "0 10px 0 0", textAlign: "right" },
  ".cm-activeLineGutter": { background: "var(--code-active)", color: "var(--text-2)" },
  ".fe-bars": { width: "3px" },
  ".fe-icons": { width: "20px" },
  ".fe-icons .cm-gutterElement": { cursor: "default" },
  ".fe-gutter-icon": { display: "block", padding: "2px 3px", cursor: "pointer" },
  "@media (pointer: coarse)": { ".fe-icons": { width: "28px" }, ".fe-gutter-icon": { padding: "2px 7px" } },
};

const notes = {
  ".fe-note": {
    display: "inline-block",
    marginLeft: "10px",
    marginTop: "1px",
    padding: "0 5px",
    height: "16px",
    borderRadius: "var(--r-1)",
    background: "var(--surface-2)",
    color: "var(--syn-hint)",
    font: "var(--text-12)",
    textIndent: "0",
    verticalAlign: "top",
    whiteSpace: "nowrap",
    cursor: "text",
  },
};
for (const tone of TONES) {
  notes[`.fe-note.fe-${tone}`] = { background: `var(--${tone}-soft)`, color: `var(--${tone}-text)` };
  gutters[`.fe-bar.fe-${tone}`] = { background: `var(--${tone})` };
}

const problems = {
  ".fe-mark": { textDecoration: "underline wavy 1px", textUnderlineOffset: "3px", textDecorationSkipInk: "none", borderRadius: "2px" },
  ".fe-point": { display: "inline-block", width: "1ch", height: "16px", verticalAlign: "top", borderBottom: "2px dotted" },
  ".fe-icon": { flex: "none", display: "block" },
  ".fe-icon path": { strokeLinecap: "round", strokeLinejoin: "round" },
  ".fe-fill": { fill: "currentColor", stroke: "none" },
  ".fe-cut": { fill: "none", stroke: "var(--fe-ground, var(--code-bg))", strokeWidth: "1.7" },
  ".fe-line": { fill: "none", stroke: "currentColor", strokeWidth: "1.5" },
  ".fe-open": { padding: "4px 0 6px 10px", textIndent: "0", whiteSpace: "normal" },
  ".fe-problem": { padding: "8px 10px", borderRadius: "var(--r-2)", borderLeft: "3px solid", font: "var(--text-12)", color: "var(--text-1)", overflowWrap: "anywhere" },
  ".fe-problem p": { margin: "0" },
  ".fe-problem .fe-help": { marginTop: "4px", color: "var(--text-2)" },
  ".fe-problem .fe-rule": { marginTop: "4px" },
  ".fe-problem .fe-rule a": { color: "var(--accent)" },
  ".fe-problem code": { font: "inherit", fontFamily: "var(--font-mono)" },
  ".fe-row": { display: "flex", gap: "8px", alignItems: "flex-start" },
  ".fe-row > .fe-icon": { marginTop: "1px" },
  ".fe-text": { minWidth: "0" },
  ".fe-actions": { display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center", marginTop: "8px" },
  ".fe-actions kbd": {
    marginLeft: "auto",
    padding: "0 5px",
    border: "1px solid var(--line-2)",
    borderRadius: "var(--r-1)",
    background: "var(--surface-2)",
    color: "var(--text-3)",
    font: "var(--text-12)",
    whiteSpace: "nowrap",
  },
  "@media (pointer: coarse)": { ".fe-actions kbd": { display: "none" } },
  ".fe-preview": { display: "grid", font: "var(--code-12)", whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  ".fe-preview:not(:empty)": { marginTop: "8px" },
  ".fe-preview del": { color: "var(--err-text)", textDecoration: "none" },
  ".fe-preview ins": { color: "var(--ok-text)", textDecoration: "none" },
  ".fe-preview del::before": { content: "'− '", display: "inline-block" },
  ".fe-preview ins::before": { content: "'+ '", display: "inline-block" },
};
for (const [severity, token] of Object.entries(SEVERITIES)) {
  problems[`.fe-mark.fe-${severity}`] = { background: `var(--${token}-soft)`, textDecorationColor: `var(--${token})` };
  problems[`.fe-point.fe-${severity}`] = { borderBottomColor: `var(--${token})` };
  problems[`.fe-gutter-icon.fe-${severity}`] = { color: `var(--${token})` };
  problems[`.fe-problem.fe-${severity}`] = { "--fe-ground": `var(--${token}-soft)`, background: `var(--${token}-soft)`, borderLeftColor: `var(--${token})` };
  problems[`.fe-problem.fe-${severity} .fe-row > .fe-icon`] = { color: `var(--${token})` };
}

// A hint is quieter than a problem in shape too.
problems[".fe-mark.fe-hint"] = { textDecoration: "underline dotted 1px var(--info)" };

const buttons = {
  ".fe-button": {
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    minHeight: "24px",
    padding: "2px 8px",
    border: "1px solid transparent",
    borderRadius: "5px",
    background: "none",
    color: "var(--text-2)",
    font: "var(--text-12)",
    fontWeight: "var(--w-medium)",
    textAlign: "left",
    cursor: "pointer",
  },
  ".fe-button:hover": { background: "var(--surface-3)", color: "var(--text-1)" },
  ".fe-button:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "2px" },
  ".fe-button.fe-first": { borderColor: "var(--line-2)", background: "var(--surface-1)", color: "var(--text-1)" },
  ".fe-button.fe-first:hover": { background: "var(--surface-3)" },
  ".fe-button.fe-square": { justifyContent: "center", width: "var(--hit)", height: "var(--hit)", padding: "0", flex: "none" },
  "@media (pointer: coarse)": {
    ".fe-button": { minHeight: "var(--hit-touch)" },
    ".fe-button.fe-square": { width: "var(--hit-touch)", height: "var(--hit-touch)" },
  },
};

const popups = {
  ".cm-tooltip": {
    zIndex: "var(--z-popover)",
    border: "1px solid var(--line-2)",
    borderRadius: "var(--r-3)",
    background: "var(--surface-1)",
    color: "var(--text-1)",
    boxShadow: "var(--e-2)",
    font: "var(--text-12)",
  },
  ".cm-tooltip.cm-tooltip-hover": { maxWidth: "min(340px, calc(100vw - 16px))", overflow: "auto" },
  ".fe-hover": { display: "grid", gap: "6px", padding: "6px" },
  ".fe-card": { padding: "4px 6px" },
  ".fe-card p": { margin: "0", overflowWrap: "anywhere" },
  ".fe-card .fe-title": { font: "var(--text-13)", fontWeight: "var(--w-strong)" },
  ".fe-card .fe-body": { color: "var(--text-2)", whiteSpace: "pre-line" },
  ".fe-card code": { font: "inherit", fontFamily: "var(--font-mono)" },
  ".fe-card .fe-source": { marginTop: "6px", color: "var(--text-3)" },
  ".fe-card a": { color: "var(--accent)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { padding: "4px", maxWidth: "min(400px, 95vw)", maxHeight: "min(220px, 40vh)", font: "var(--code-12)", fontFamily: "var(--font-mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: "12px", alignItems: "baseline", padding: "3px 6px", borderRadius: "var(--r-1)", lineHeight: "18px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent-soft)", color: "var(--text-1)" },
  "@media (pointer: coarse)": { ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "13px 8px" } },
  ".cm-completionMatchedText": { color: "var(--accent)", textDecoration: "none", fontWeight: "var(--w-strong)" },
  ".cm-completionDetail": { marginLeft: "auto", color: "var(--text-3)", font: "var(--text-12)", fontStyle: "normal" },
  ".cm-completionInfo": { maxWidth: "260px", padding: "8px 10px", color: "var(--text-2)", font: "var(--text-12)", whiteSpace: "pre-line" },
  ".cm-completionInfo code": { font: "inherit", fontFamily: "var(--font-mono)", color: "var(--text-1)" },
};

const findBar = {
  ".cm-panels": { background: "var(--surface-2)", color: "var(--text-1)", zIndex: "3" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line-1)" },
  ".fe-find": { display: "flex", gap: "4px", alignItems: "center", padding: "4px 8px" },
  ".fe-find-input": {
    flex: "1",
    minWidth: "0",
    minHeight: "var(--hit)",
    padding: "0 8px",
    border: "1px solid var(--line-3)",
    borderRadius: "var(--r-2)",
    background: "var(--surface-1)",
    color: "var(--text-1)",
    font: "var(--code-12)",
  },
  ".fe-find-input:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "-1px" },
};

export const theme = [text, indents, gutters, notes, problems, buttons, popups, findBar].map((part) => EditorView.theme(part));
