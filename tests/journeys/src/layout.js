// Runs in the page. Gives a sentence for each text that a person could not read where it stands.
const faults = [];
const texts = [];
const words = (text) => `'${text.trim().replace(/\s+/g, ' ').slice(0, 40)}'`;

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) continue;
    if (element.closest('script, style, noscript, [hidden], option, .cm-editor')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // A line of text is as high as its letters; the boxes of lines may touch.
    const lines = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    if (lines.length === 0) continue;
    const style = getComputedStyle(element);
    // For screen readers only: a point, cut to nothing.
    let hidden = false;
    for (let at = element; at; at = at.parentElement) {
        const box = at.getBoundingClientRect();
        const cut = getComputedStyle(at);
        if (cut.clipPath !== 'none' || (box.width <= 1 && cut.overflow === 'hidden')) hidden = true;
    }
    if (hidden) continue;
    texts.push({ element, style, lines, text: node.data });
}

// What is inside a window of its own, cut to what that shows.
const shown = (entry, line) => {
    let box = { left: line.left, right: line.right, top: line.top, bottom: line.bottom };
    let cut = null;
    for (let at = entry.element; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        const frame = at.getBoundingClientRect();
        for (const [low, high, overflow, ends] of [
            ['left', 'right', style.overflowX, style.textOverflow === 'ellipsis'],
            ['top', 'bottom', style.overflowY, false],
        ]) {
            if (overflow === 'visible') continue;
            const lost = Math.max(frame[low] - box[low], box[high] - frame[high]);
            if (lost > 2 && (overflow === 'hidden' || overflow === 'clip') && !ends && !cut) {
                const scrolls = at.closest('svg');
                if (!scrolls) cut = at;
            }
            box[low] = Math.max(box[low], frame[low]);
            box[high] = Math.min(box[high], frame[high]);
        }
        if (style.position === 'fixed') break;
    }
    return { box, cut, empty: box.right - box.left < 1 || box.bottom - box.top < 1 };
};

const boxes = [];
for (const entry of texts) {
    let size = parseFloat(entry.style.fontSize);
    const svg = entry.element.closest('svg');
    if (svg && entry.element.getScreenCTM) size *= entry.element.getScreenCTM()?.a ?? 1;
    if (size < 11.95) faults.push(`${words(entry.text)} is ${size.toFixed(1)}px`);
    for (const line of entry.lines) {
        const seen = shown(entry, line);
        if (seen.cut && !svg) {
            faults.push(`${words(entry.text)} is cut by <${seen.cut.tagName.toLowerCase()} class="${seen.cut.getAttribute('class') ?? ''}">`);
        }
        if (seen.empty) continue;
        // Outside the window, without a way to scroll there.
        if (seen.box.right > innerWidth + 1 || seen.box.left < -1) {
            faults.push(`${words(entry.text)} stands beyond the window's edge`);
        }
        const middle = [(seen.box.left + seen.box.right) / 2, (seen.box.top + seen.box.bottom) / 2];
        if (middle[0] < 0 || middle[1] < 0 || middle[0] >= innerWidth || middle[1] >= innerHeight) continue;
        // Only what lies on top can be read, so only that can overlap.
        const inset = Math.min(2, (seen.box.bottom - seen.box.top) / 4);
        boxes.push({ entry, left: seen.box.left + 1, right: seen.box.right - 1, top: seen.box.top + inset, bottom: seen.box.bottom - inset, middle });
    }
}

const layer = (element) => {
    for (let at = element; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (at.tagName === 'DIALOG' || style.position === 'fixed' || style.position === 'sticky' || (style.position === 'absolute' && style.zIndex !== 'auto') || at.hasAttribute('popover')) return at;
    }
    return document.body;
};
for (const box of boxes) box.layer = layer(box.entry.element);
for (let one = 0; one < boxes.length; one += 1) {
    for (let two = one + 1; two < boxes.length; two += 1) {
        const a = boxes[one];
        const b = boxes[two];
        if (a.entry === b.entry || a.layer !== b.layer) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && along > 2) faults.push(`${words(a.entry.text)} and ${words(b.entry.text)} lie over each other`);
    }
}

const root = document.scrollingElement;
if (root.scrollWidth > innerWidth + 1) faults.push(`the page is ${root.scrollWidth}px wide in a window of ${innerWidth}px`);
return [...new Set(faults)];
