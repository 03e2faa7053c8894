// JSON as people paste it: highlighting and indentation that stay calm when the text is broken.
//
// A strict grammar colours everything after the first mistake as an error. This one reads tokens only, takes
// typographic and single quotes for quotes, and lets a string run over a line break when the next line closes it.
import { HighlightStyle, StreamLanguage, indentOnInput, indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const DOUBLE = '"“”„‟″';
const SINGLE = "'‘’‚‛′";
const ENDS_VALUE = /^\s*([:,}\]]|$)/;
const CLOSED_HERE = /^[^"“”]*["“”]\s*([:,}\]]|$)/;

function closes(open, char, rest) {
  if (open === '"') return char === '"' || (DOUBLE.includes(char) && ENDS_VALUE.test(rest));
  return (DOUBLE.includes(open) ? DOUBLE : SINGLE).includes(char);
}

/** Whether a string left open on the line above goes on here: only if this line closes it. */
const goesOn = (stream) => CLOSED_HERE.test(stream.string);

function readString(stream, state) {
  while (!stream.eol()) {
    const char = stream.next();
    if (char === "\\") stream.next();
    else if (closes(state.quote, char, stream.string.slice(stream.pos, stream.pos + 40))) {
      state.quote = "";
      return stream.match(/^\s*:/, false) ? "propertyName" : "string";
    }
  }
  return "string";
}

function readToken(stream, state) {
  if (state.quote && goesOn(stream)) return readString(stream, state);
  state.quote = "";
  if (stream.eatSpace()) return null;
  const char = stream.next();
  if (DOUBLE.includes(char) || SINGLE.includes(char)) {
    state.quote = char;
    return readString(stream, state);
  }
  if ("{}[],:".includes(char)) return "punctuation";
  if (char === "#" || (char === "/" && /[/*]/.test(stream.peek() ?? ""))) {
    stream.skipToEnd();
    return "comment";
  }
  stream.match(/^[^\s{}[\],:"'“”]*/);
  if (stream.match(/^\s*:/, false)) return "propertyName";
  return /^[-+.\d]/.test(char) ? "number" : "bool";
}

const language = StreamLanguage.define({
  name: "json",
  startState: () => ({ quote: "" }),
  token: readToken,
  blankLine: (state) => {
    state.quote = "";
  },
  languageData: {
    closeBrackets: { brackets: ["[", "{", '"'] },
    indentOnInput: /^\s*[}\]]$/,
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--syn-key)" },
  { tag: tags.string, color: "var(--syn-str)" },
  { tag: [tags.number, tags.bool], color: "var(--syn-num)" },
  { tag: tags.punctuation, color: "var(--syn-punct)" },
  { tag: tags.comment, color: "var(--syn-hint)", fontStyle: "italic" },
]);

const UNIT = 2;

/** Columns to indent what follows `pos`: as the text above, one unit more after `{` or `[`, one less before `}` or `]`. */
function indentation(context, pos) {
  const { doc } = context.state;
  let line = doc.lineAt(pos);
  let above = line.text.slice(0, pos - line.from);
  while (!above.trim() && line.from > 0) {
    line = doc.lineAt(line.from - 1);
    above = line.text;
  }
  const opens = /[{[]\s*$/.test(above) ? UNIT : 0;
  const shuts = /^\s*[}\]]/.test(context.lineAt(pos, 1).text) ? UNIT : 0;
  return Math.max(0, context.countColumn(above, above.search(/\S|$/)) + opens - shuts);
}

export const json = [
  language,
  syntaxHighlighting(colours),
  indentUnit.of(" ".repeat(UNIT)),
  indentService.of(indentation),
  indentOnInput(),
];
