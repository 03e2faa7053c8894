// The contract of dist/editor.js. All offsets are UTF-16 code units of the text as the editor holds it, in
// which every line end is one "\n". Offsets beyond the text are clamped.

/** An editor in the page. Opaque: hand it to the functions below. */
export interface Handle {}

export interface Options {
  text: string;
  /** Accessible name of the text, such as "Task definition JSON". */
  label: string;
  /** Id of the element that says how to leave ("Escape, then Tab leaves the editor"). */
  describedBy?: string;
  /** The text can be read, searched and copied, but not changed by a person; Tab leaves. */
  readOnly?: boolean;
  /** Where popups are put in the document; by default inside the editor. For a panel that would clip them. */
  tooltipParent?: HTMLElement;

  /**
   * The text changed. `isUserEdit` is true when a person typed, pasted, deleted, completed, undid or redid, and false
   * when only `setText` or `applyEdits` did. Called in a microtask after the event, at most once for all its changes;
   * any function of the editor may be called from here.
   */
  onChange?(text: string, isUserEdit: boolean): void;
  /** The caret moved, also through edits. Called after `onChange`, in the same microtask. */
  onCursor?(offset: number): void;
  /** Completions for a place, or null. `explicit` is true for Ctrl Space. Called while typing: answer at once. */
  complete?(text: string, offset: number, explicit: boolean): Completions | null;
  /** What there is to say about a place, or null. */
  hover?(text: string, offset: number): Explanation | null;
  /** A fix was chosen, by their places in what `setFindings` was given. The page applies it with `applyEdits`. */
  onFix?(findingIndex: number, fixIndex: number): void;
  /** Ctrl Enter (Cmd Enter). */
  onRegister?(): void;
  /** Escape, when it closed nothing in the editor; Tab now leaves. */
  onEscape?(): void;
}

export interface Completions {
  /** Start of what is replaced. */
  from: number;
  /** End of what is replaced; the caret if absent. */
  to?: number;
  /** False when the options are already chosen and ordered; else the text before the caret filters them by label. */
  filter?: boolean;
  options: {
    label: string;
    /** Short, shown at the right. */
    detail?: string;
    /** A sentence shown beside the selected option; `backticks` mark code. */
    info?: string;
    /** Text to insert; the label if absent. */
    apply?: string;
    /** Where the caret goes, counted from the start of the inserted text; its end if absent. */
    cursor?: number;
    /** -99 to 99, moves the option down or up. */
    boost?: number;
  }[];
}

export interface Explanation {
  from: number;
  to: number;
  title: string;
  /** `backticks` mark code, line ends are kept. */
  text: string;
  /** An https address becomes a link named by its host; other text is shown as it is. */
  source?: string;
}

export interface Edit {
  from: number;
  to: number;
  insert: string;
}

export interface Finding {
  from: number;
  to: number;
  severity: "error" | "warning" | "hint";
  /** The sentence; `backticks` mark code. */
  message: string;
  /** A second sentence below it, `backticks` mark code. */
  help?: string;
  /** Stable code of the rule; `data-code` of the block, and what keeps the block open when the findings are renewed. */
  code?: string;
  /** Address of the page that explains the rule; opened in a new tab. */
  rule?: string;
  /** Titles, the narrowest fix first. With `edits` the fix is previewed while its button is hovered or focused. */
  fixes?: (string | { title: string; edits?: Edit[] })[];
}

export function create(parent: HTMLElement, options: Options): Handle;
/** Replaces the text as one undo step that touches only what differs. Does nothing when it is the same. */
export function setText(handle: Handle, text: string): void;
export function getText(handle: Handle): string;
/** Replaces all findings. They move with the text until the next call. */
export function setFindings(handle: Handle, findings: Finding[]): void;
/** Takes the last step of undo back, whoever made it; whether there was one. For views of the text beside the editor. */
export function undo(handle: Handle): boolean;
/** Makes the step again that was taken back last; whether there was one. */
export function redo(handle: Handle): boolean;
/** Applies edits, all given in offsets of the present text and not overlapping, as one undo step. */
export function applyEdits(handle: Handle, edits: Edit[]): void;
/** Replaces the hints. Each stands at the end of the line that holds `at`. */
export function setHints(handle: Handle, hints: { at: number; text: string; tone: "c1" | "c2" | "c3" | "" }[]): void;
/** Replaces the colour bars: 3 px at the left edge of every line from `from` to `to`. */
export function setBars(handle: Handle, bars: { from: number; to: number; tone: "c1" | "c2" | "c3" | "" }[]): void;
export function focus(handle: Handle): void;
/** Selects a range and scrolls it into the middle, without moving the focus. */
export function reveal(handle: Handle, from: number, to: number): void;
/**
 * Goes to the next (1) or previous (-1) finding, around the ends: caret, focus, open block, announcement.
 * Returns its place in what `setFindings` was given, or -1 when there is none.
 */
export function nextFinding(handle: Handle, direction: 1 | -1): number;
export function destroy(handle: Handle): void;
