//! What a hand does beside clicks and drags: with a key held, with the wheel, with two fingers.

use crate::page::Page;
use serde_json::{Value, json};
use thirtyfour::Key;

impl Page {
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
    }

    /// Moves the mouse on, with its button as it is.
    pub async fn move_along(&self, places: &[(f64, f64)]) {
        let mut way = self.driver().action_chain();
        for (x, y) in places {
            way = way.move_to(*x as i64, *y as i64);
        }
        let done = way.perform().await;
        done.unwrap_or_else(|error| panic!("the mouse: {error}"));
    }

    /// Lets the mouse's button go.
    pub async fn let_go(&self) {
        let released = self.driver().action_chain().release().perform().await;
        released.unwrap_or_else(|error| panic!("the mouse: {error}"));
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
