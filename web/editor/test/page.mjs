// The bundle in a real browser under the site's strict policy: it draws its styles, shows a finding, applies a fix,
// undoes it, and lets the keyboard out. Browser: CHROME or /usr/bin/chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'";
const TEXT = '{\n  "cpu": “256”\n}';
const FILES = {
  "/": ["text/html", '<!doctype html><html lang="en"><title>Editor</title><button>Before</button><div id="editor"></div><script type="module" src="/page.js"></script>'],
  "/editor.js": ["text/javascript", readFileSync(new URL("../dist/editor.js", import.meta.url))],
  "/page.js": ["text/javascript", `
    const calls = (window.calls = []);
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
    const editor = (window.editor = await import("/editor.js"));
    window.handle = editor.create(document.getElementById("editor"), {
      text: ${JSON.stringify(TEXT)},
      label: "Task definition JSON",
      onChange: (text, byPerson) => calls.push(["change", byPerson]),
      onFix: (finding, fix) => {
        calls.push(["fix", finding, fix]);
        editor.applyEdits(window.handle, [{ from: 11, to: 12, insert: '"' }, { from: 15, to: 16, insert: '"' }]);
        editor.setFindings(window.handle, []);
      },
      onRegister: () => calls.push(["register"]),
    });`],
};

const server = createServer(({ url }, response) => {
  const [type, body] = FILES[url] ?? ["text/plain", ""];
  response.writeHead(FILES[url] ? 200 : 404, { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY });
  response.end(body);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

try {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const content = page.getByRole("textbox", { name: "Task definition JSON" });
  await content.waitFor();
  const text = () => page.evaluate(() => window.editor.getText(window.handle));
  const calls = () => page.evaluate(() => window.calls.splice(0));

  assert.equal(await content.evaluate((node) => getComputedStyle(node).whiteSpaceCollapse), "break-spaces", "its style sheets apply");

  await page.evaluate(() =>
    window.editor.setFindings(window.handle, [
      { from: 11, to: 16, severity: "error", code: "quotes", message: "JSON strings use straight quotes.", rule: "rules.html#quotes", fixes: ["Use straight quotes"] },
    ]),
  );
  const fix = page.getByRole("button", { name: "Use straight quotes" });
  await fix.waitFor();
  const why = page.getByRole("link", { name: "Why: the rule quotes (opens in a new tab)" });
  assert.equal(await why.getAttribute("href"), "rules.html#quotes", "a problem leads to its rule");
  await content.focus();
  await page.keyboard.press("F8");
  assert.match(await page.locator(".cm-announced").textContent(), /^Error, line 2\. JSON strings use straight quotes\./);

  await page.keyboard.press("Control+.");
  assert.equal(await text(), '{\n  "cpu": "256"\n}');
  assert.equal(await fix.count(), 0, "the block goes with its finding");
  assert.deepEqual(await calls(), [["fix", 0, 0], ["change", false]]);

  await page.keyboard.press("Control+z");
  assert.equal(await text(), TEXT, "a fix is one undo step");
  assert.deepEqual(await calls(), [["change", true]]);

  await page.keyboard.press("Control+Enter");
  assert.deepEqual(await calls(), [["register"]]);

  await page.keyboard.press("Tab");
  assert.notEqual(await text(), TEXT, "Tab indents");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Before", "Escape then Tab leaves");

  assert.deepEqual(await page.evaluate(() => window.refused), [], "nothing breaks the policy");
  assert.deepEqual(errors, []);
  console.log("editor: ok");
} finally {
  await browser.close();
  server.close();
}
