//! The page in a browser.

use crate::driver::{Driver, setting};
use crate::name::Name;
use crate::thing::Thing;
use crate::waiting::eventually;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::LazyLock;
use thirtyfour::{Key, WebDriver};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How many browsers run at once.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A window, and what the person asks of their system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// The system is dark.
    pub dark: bool,
    /// The system asks for less motion.
    pub still: bool,
    /// Touch and a phone's viewport.
    pub phone: bool,
}

impl Screen {
    /// The window that the design is drawn for.
    pub const DESK: Self = Self {
        width: 1440,
        height: 900,
        dark: false,
        still: false,
        phone: false,
    };
    /// A small laptop.
    pub const SMALL: Self = Self {
        width: 1024,
        height: 768,
        ..Self::DESK
    };
    /// A phone.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        phone: true,
        ..Self::DESK
    };

    /// The same in the dark.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same with reduced motion.
    #[must_use]
    pub const fn still(self) -> Self {
        Self {
            still: true,
            ..self
        }
    }
}

/// Keeps what the live regions say, as a screen reader would that hears each message: the next takes its place in the page.
const LISTEN: &str = "window.heard ??= [];
    for (const region of document.querySelectorAll('[aria-live]'))
        new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });";

/// A page that is open. Its browser ends with it.
#[derive(Debug)]
pub struct Page {
    driver: WebDriver,
    process: Driver,
    _room: SemaphorePermit<'static>,
}

impl Page {
    /// The page as somebody sees it who has never been here, on a desk.
    pub async fn first_visit() -> Self {
        Self::first_visit_on(Screen::DESK).await
    }

    /// The same on another screen.
    pub async fn first_visit_on(screen: Screen) -> Self {
        let page = Self::blank(screen).await;
        page.open().await;
        page
    }

    /// A browser before any page, for those who look at how it loads.
    pub async fn blank(screen: Screen) -> Self {
        let room = ROOM.acquire().await;
        let room = room.unwrap_or_else(|error| panic!("no browser may start: {error}"));
        let process = Driver::start();
        let driver = process.browser().await;
        let page = Self {
            driver,
            process,
            _room: room,
        };
        page.resize(screen).await;
        page.protocol("Accessibility.enable", json!({})).await;
        page
    }

    /// Goes to the site.
    pub async fn open(&self) {
        let url = setting("FARGATE_PLAYGROUND_SITE");
        let opened = self.driver.goto(url.as_str()).await;
        opened.unwrap_or_else(|error| panic!("{url}: {error}"));
        self.ready().await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        let loaded = self.driver.refresh().await;
        loaded.unwrap_or_else(|error| panic!("the page does not load again: {error}"));
        self.ready().await;
    }

    /// Waits until the page has taken the place of its picture.
    async fn ready(&self) {
        self.wait_until("the page starts", async || {
            let there = self
                .script("return !document.getElementById('skeleton') && !!document.getElementById('now')", &[])
                .await;
            there.as_bool().unwrap_or_default()
        })
        .await;
        self.script(LISTEN, &[]).await;
    }

    /// Changes the window and the person's settings.
    pub async fn resize(&self, screen: Screen) {
        self.protocol(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": screen.width,
                "height": screen.height,
                "deviceScaleFactor": 1,
                "mobile": screen.phone,
            }),
        )
        .await;
        self.protocol(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": screen.phone }),
        )
        .await;
        let motion = if screen.still {
            "reduce"
        } else {
            "no-preference"
        };
        let scheme = if screen.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.protocol(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// The thing of a role and a name. It is looked for when something is asked of it.
    pub fn the(&self, role: &'static str, name: impl Into<Name>) -> Thing<'_> {
        Thing::on(self, role, name.into())
    }

    /// A button.
    pub fn button(&self, name: impl Into<Name>) -> Thing<'_> {
        self.the("button", name)
    }

    /// Puts a text on the clipboard and pastes it where the focus is, as Ctrl V does.
    pub async fn paste(&self, text: &str) {
        let origin = self.script("return location.origin", &[]).await;
        for name in ["clipboard-read", "clipboard-write"] {
            self.protocol(
                "Browser.setPermission",
                json!({ "permission": { "name": name }, "setting": "granted", "origin": origin }),
            )
            .await;
        }
        let copied = self.driver.execute_async(
            "const done = arguments[1]; navigator.clipboard.writeText(arguments[0]).then(() => done(''), (error) => done(String(error)))",
            vec![json!(text)],
        );
        let copied = copied.await;
        let copied = copied.unwrap_or_else(|error| panic!("the clipboard: {error}"));
        assert_eq!(copied.json(), &json!(""), "the clipboard takes the text");
        self.chord(&[Key::Control], 'v').await;
    }

    /// All the text of the field that has the focus, as a person gets it: selected and copied.
    pub async fn copied(&self) -> String {
        self.chord(&[Key::Control], 'a').await;
        self.chord(&[Key::Control], 'c').await;
        let read = "const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done(String(error)))";
        let text = self.driver.execute_async(read, Vec::new()).await;
        let text = text.unwrap_or_else(|error| panic!("the clipboard: {error}"));
        text.json().as_str().unwrap_or_default().to_owned()
    }

    /// Whether the focus is in the code editor.
    pub(crate) async fn in_editor(&self) -> bool {
        let script = "return !!document.activeElement?.closest('.cm-content')";
        self.script(script, &[]).await == json!(true)
    }

    /// From now on, the page finds this on the device when it starts, as if it had been kept there before.
    pub async fn keeps_once(&self, key: &str, text: &str) {
        let script = format!(
            "if (!sessionStorage.placed) {{ sessionStorage.placed = 1; localStorage.setItem({}, {}); }}",
            json!(key),
            json!(text)
        );
        self.protocol(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )
        .await;
    }

    /// Clicks a place of the window, for what is drawn and has no name.
    pub async fn click_at(&self, x: f64, y: f64) {
        let click = self
            .driver
            .action_chain()
            .move_to(x as i64, y as i64)
            .click();
        let clicked = click.perform().await;
        clicked.unwrap_or_else(|error| panic!("the click: {error}"));
        self.settle().await;
    }

    /// Puts a finger down and leaves it there.
    pub async fn finger_down_at(&self, x: f64, y: f64) {
        let touch = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
        self.protocol("Input.dispatchTouchEvent", touch).await;
    }

    /// Takes the finger away.
    pub async fn finger_up(&self) {
        let touch = json!({ "type": "touchEnd", "touchPoints": [] });
        self.protocol("Input.dispatchTouchEvent", touch).await;
    }

    /// Clicks a place of the window with the other mouse button, which opens menus.
    pub async fn right_click_at(&self, x: f64, y: f64) {
        let click = self.driver.action_chain().move_to(x as i64, y as i64);
        let clicked = click.context_click().perform().await;
        clicked.unwrap_or_else(|error| panic!("the click: {error}"));
        self.settle().await;
    }

    /// Where words stand on the canvas' picture, which is drawn and has no names: the middle of the text, in the window.
    pub async fn drawn(&self, words: &str) -> (f64, f64) {
        let script = "const text = [...document.querySelectorAll('.canvas > svg text')].find((text) => text.textContent === arguments[0]);
            const box = text?.getBoundingClientRect();
            return box ? [box.x + box.width / 2, box.y + box.height / 2] : null";
        let mut found = None;
        self.wait_until(&format!("'{words}' is drawn"), async || {
            let at = self.script(script, &[json!(words)]).await;
            found = at[0].as_f64().zip(at[1].as_f64());
            found.is_some()
        })
        .await;
        found.unwrap_or_default()
    }

    /// Waits until something holds, which a sentence names.
    pub async fn wait_until(&self, sentence: &str, mut holds: impl AsyncFnMut() -> bool) {
        let waited = eventually(async || {
            let held = holds().await;
            held.then_some(()).ok_or_else(|| sentence.to_owned())
        });
        if let Err(sentence) = waited.await {
            self.fail(&format!("this does not come true: {sentence}"))
                .await;
        }
    }

    /// Waits until words are said by a live region, also if others were said since. What was said before them is forgotten.
    pub async fn hears(&self, words: &str) {
        let script = "const at = heard.findIndex((one) => one.includes(arguments[0])); if (at >= 0) heard.splice(0, at + 1); return at >= 0";
        self.wait_until(&format!("'{words}' is said"), async || {
            self.script(script, &[words.into()]).await == json!(true)
        })
        .await;
    }

    /// Ends the journey: with a picture of the page, and the sentence.
    pub async fn fail(&self, sentence: &str) -> ! {
        let journey = std::thread::current();
        let journey = journey.name().unwrap_or("journey").replace("::", "-");
        let picture = pictures().join(format!("{journey}.png"));
        match self.driver.screenshot(&picture).await {
            Ok(()) => panic!("{sentence}\nthe page then: {}", picture.display()),
            Err(error) => panic!("{sentence}\n(and no picture of the page: {error})"),
        }
    }

    /// Runs a script in the page, for what no person can ask.
    pub async fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let arguments: Vec<Value> = arguments.to_vec();
        let answer = self.driver.execute(script, arguments).await;
        let answer = answer.unwrap_or_else(|error| panic!("{script}: {error}"));
        answer.json().clone()
    }

    /// Speaks the browser's own protocol.
    pub(crate) async fn protocol(&self, method: &str, arguments: Value) -> Value {
        self.try_protocol(method, arguments)
            .await
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The same where the page may have moved on meanwhile.
    pub(crate) async fn try_protocol(
        &self,
        method: &str,
        arguments: Value,
    ) -> Result<Value, String> {
        let answer = self.driver.cdp().send_raw(method, arguments).await;
        answer.map_err(|error| error.to_string())
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.driver
    }
}

/// Where pictures of failed journeys go: beside the tests' programs, which is in the target folder.
fn pictures() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program
        .ancestors()
        .nth(2)
        .map(|target| target.join("journeys"));
    let folder = folder.unwrap_or_default();
    // Where it cannot be made, the picture says so.
    let _ = std::fs::create_dir_all(&folder);
    folder
}

impl Drop for Page {
    fn drop(&mut self) {
        self.process.end(&self.driver);
    }
}
