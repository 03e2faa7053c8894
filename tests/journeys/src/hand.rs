//! What hands do: keys, also held, drags, the wheel, two fingers.

use crate::page::Page;
use serde_json::{Value, json};
use thirtyfour::{Key, TypingData};

impl Page {
    /// Lets the page draw what was just done, as it has the time to between two deeds of a person: focus and menus follow a frame later.
    pub(crate) async fn settle(&self) {
        let script = "const done = arguments[0], late = setTimeout(done, 1000);
            requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(late); done(); }))";
        // Where the deed leads to another page, that one is waited for by who did it.
        let _ = self.driver().execute_async(script, vec![]).await;
    }

    /// Types, or presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let typed = self.driver().action_chain().send_keys(keys).perform().await;
        typed.unwrap_or_else(|error| panic!("the keys are not taken: {error}"));
        self.settle().await;
    }

    /// Drags with the mouse along places of the window; lets go at the last.
    pub async fn drag_along(&self, places: &[(f64, f64)]) {
        let mut drag = self.driver().action_chain();
        for (number, (x, y)) in places.iter().enumerate() {
            drag = drag.move_to(*x as i64, *y as i64);
            if number == 0 {
                drag = drag.click_and_hold();
            }
        }
        let dragged = drag.release().perform().await;
        dragged.unwrap_or_else(|error| panic!("the drag: {error}"));
        self.settle().await;
    }

    /// Presses a key while others are held.
    pub async fn chord(&self, held: &[Key], key: impl Into<TypingData>) {
        let key: TypingData = key.into();
        let key = key.as_vec().first().copied().unwrap_or_default();
        let mut keys = self.driver().action_chain();
        for held in held {
            keys = keys.key_down(held.clone());
        }
        keys = keys.key_down(key).key_up(key);
        for held in held.iter().rev() {
            keys = keys.key_up(held.clone());
        }
        let pressed = keys.perform().await;
        pressed.unwrap_or_else(|error| panic!("the keys are not taken: {error}"));
        self.settle().await;
    }

    /// Drags with the mouse along places of the window and keeps the button down.
    pub async fn hold_along(&self, places: &[(f64, f64)]) {
        let mut drag = self.driver().action_chain();
        for (number, (x, y)) in places.iter().enumerate() {
            drag = drag.move_to(*x as i64, *y as i64);
            if number == 0 {
                drag = drag.click_and_hold();
            }
        }
        let dragged = drag.perform().await;
        dragged.unwrap_or_else(|error| panic!("the drag: {error}"));
        self.settle().await;
    }

    /// Moves the mouse on, with its button as it is.
    pub async fn move_along(&self, places: &[(f64, f64)]) {
        let mut way = self.driver().action_chain();
        for (x, y) in places {
            way = way.move_to(*x as i64, *y as i64);
        }
        let done = way.perform().await;
        done.unwrap_or_else(|error| panic!("the mouse: {error}"));
        self.settle().await;
    }

    /// Lets the mouse's button go.
    pub async fn let_go(&self) {
        let released = self.driver().action_chain().release().perform().await;
        released.unwrap_or_else(|error| panic!("the mouse: {error}"));
        self.settle().await;
    }

    /// Drags with the mouse along places of the window while a key is held.
    pub async fn drag_with(&self, key: impl Into<char>, places: &[(f64, f64)]) {
        let key = key.into();
        let down = self.driver().action_chain().key_down(key).perform().await;
        down.unwrap_or_else(|error| panic!("the key: {error}"));
        self.drag_along(places).await;
        let up = self.driver().action_chain().key_up(key).perform().await;
        up.unwrap_or_else(|error| panic!("the key: {error}"));
    }

    /// Turns the wheel over a place, by pixels down; with Ctrl it zooms.
    pub async fn wheel_at(&self, (x, y): (f64, f64), down: f64, control: bool) {
        let turn = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": down, "modifiers": if control { 2 } else { 0 } });
        self.protocol("Input.dispatchMouseEvent", turn).await;
    }

    /// Puts fingers down at places, moves them to others, and takes them away.
    pub async fn fingers(&self, from: &[(f64, f64)], to: &[(f64, f64)]) {
        let points = |places: &[(f64, f64)]| -> Value {
            let points = places.iter().enumerate();
            points
                .map(|(id, (x, y))| json!({ "x": x, "y": y, "id": id }))
                .collect()
        };
        let half: Vec<(f64, f64)> = from
            .iter()
            .zip(to)
            .map(|(a, b)| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)))
            .collect();
        for (kind, places) in [
            ("touchStart", from),
            ("touchMove", &half),
            ("touchMove", to),
            ("touchEnd", &[]),
        ] {
            let touch = json!({ "type": kind, "touchPoints": points(places) });
            self.protocol("Input.dispatchTouchEvent", touch).await;
        }
    }

    /// How the picture of the canvas is moved and zoomed: to the right, down, and how large.
    pub async fn eye(&self) -> (f64, f64, f64) {
        let script = "const at = new DOMMatrix(getComputedStyle(document.querySelector('.canvas > svg > g')).transform);
            return [at.e, at.f, at.a]";
        let at = self.script(script, &[]).await;
        let number = |place: usize| at[place].as_f64().unwrap_or_default();
        (number(0), number(1), number(2))
    }

    /// Presses an arrow until what has the focus reads so.
    pub async fn arrow_to(&self, arrow: Key, words: &str) {
        self.wait_until(&format!("arrows lead to '{words}'"), async || {
            let script =
                "return document.activeElement.textContent.trim().startsWith(arguments[0])";
            if self.script(script, &[words.into()]).await == true {
                return true;
            }
            self.press(arrow.clone()).await;
            false
        })
        .await;
    }
}
