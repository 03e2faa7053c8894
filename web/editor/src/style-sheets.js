// CodeMirror's style sheets under a policy without inline styles.
//
// style-mod writes a <style> element into a document, which `style-src 'self'` forbids, and adopts a
// constructed style sheet only in a shadow root. Here a document is handed over as if it were one, so its
// sheets are adopted too. The build puts this module wherever a package imports style-mod.
import { StyleModule as Original } from "style-mod";

const roots = new WeakMap();

function adopting(document) {
  let root = roots.get(document);
  if (!root) {
    root = {
      ownerDocument: document,
      get adoptedStyleSheets() {
        return document.adoptedStyleSheets;
      },
      set adoptedStyleSheets(sheets) {
        document.adoptedStyleSheets = sheets;
      },
    };
    roots.set(document, root);
  }
  return root;
}

export class StyleModule extends Original {
  static mount(root, modules, options) {
    Original.mount(root.head ? adopting(root) : root, modules, options);
  }
}
