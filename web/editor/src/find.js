// A small find bar. The browser's own search misses lines that are scrolled away, since those are not drawn.
import { SearchQuery, closeSearchPanel, findNext, findPrevious, getSearchQuery, search, searchPanelOpen, setSearchQuery } from "@codemirror/search";
import { element, icon } from "./dom.js";

function iconButton(name, label, onclick) {
  const button = element("button", "fe-button fe-square", icon(name, 14));
  Object.assign(button, { type: "button", title: label, onclick });
  button.setAttribute("aria-label", label);
  return button;
}

function findBar(view) {
  const input = element("input", "fe-find-input");
  Object.assign(input, { type: "text", name: "find", value: getSearchQuery(view.state).search, spellcheck: false, autocomplete: "off" });
  input.setAttribute("aria-label", "Find");
  input.setAttribute("main-field", "true");
  input.oninput = () => view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: input.value, literal: true })) });
  const dom = element(
    "div",
    "fe-find",
    input,
    iconButton("up", "Previous match", () => findPrevious(view)),
    iconButton("down", "Next match", () => findNext(view)),
    iconButton("close", "Close", () => closeSearchPanel(view)),
  );
  dom.setAttribute("role", "search");
  dom.onkeydown = (event) => {
    if (event.key === "Escape") closeSearchPanel(view);
    else if (event.key === "Enter" && event.target === input) (event.shiftKey ? findPrevious : findNext)(view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { dom, top: true, mount: () => input.select() };
}

/** Closes the find bar from the text; false when it is not open. */
export function closeFind(view) {
  return searchPanelOpen(view.state) && closeSearchPanel(view);
}

export const find = search({ createPanel: findBar });
