//! A thing on the page, found by role and name in the tree that the browser gives to screen readers.

use crate::name::Name;
use crate::page::Page;
use crate::waiting::eventually;
use serde_json::{Value, json};
use std::fmt;
use thirtyfour::{By, Key, TypingData, WebElement};

/// The key under which `WebDriver` writes references to elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One step on the way to a thing.
#[derive(Clone, Debug)]
struct Step {
    role: &'static str,
    name: Name,
    /// Which of several, from 0; `None` where there may be only one.
    place: Option<usize>,
}

/// A thing, looked for anew whenever something is asked of it.
#[derive(Clone, Debug)]
pub struct Thing<'p> {
    page: &'p Page,
    way: Vec<Step>,
}

/// What the browser says about a thing.
#[derive(Clone, Debug)]
struct Seen {
    node: u64,
    name: String,
    about: Value,
}

impl<'p> Thing<'p> {
    pub(crate) fn on(page: &'p Page, role: &'static str, name: Name) -> Self {
        let way = vec![Step {
            role,
            name,
            place: None,
        }];
        Self { page, way }
    }

    /// A thing inside this one.
    #[must_use]
    pub fn the(&self, role: &'static str, name: impl Into<Name>) -> Self {
        let mut way = self.way.clone();
        way.push(Step {
            role,
            name: name.into(),
            place: None,
        });
        Self {
            page: self.page,
            way,
        }
    }

    /// A button inside this thing.
    #[must_use]
    pub fn button(&self, name: impl Into<Name>) -> Self {
        self.the("button", name)
    }

    /// One of several, from 0.
    #[must_use]
    pub fn nth(mut self, place: usize) -> Self {
        if let Some(step) = self.way.last_mut() {
            step.place = Some(place);
        }
        self
    }

    /// The first of several.
    #[must_use]
    pub fn first(self) -> Self {
        self.nth(0)
    }

    /// Waits until it is there.
    pub async fn shown(&self) {
        self.seen().await;
    }

    /// Waits until it is no longer there.
    pub async fn gone(&self) {
        let sentence = format!("{self} goes away");
        self.page
            .wait_until(&sentence, async || {
                self.candidates().await.is_ok_and(|found| found.is_empty())
            })
            .await;
    }

    /// How many there are now.
    pub async fn count(&self) -> usize {
        self.candidates().await.map_or(0, |found| found.len())
    }

    /// The names of all there are now.
    pub async fn names(&self) -> Vec<String> {
        let found = self.candidates().await.unwrap_or_default();
        found.into_iter().map(|seen| seen.name).collect()
    }

    /// Its name.
    pub async fn name(&self) -> String {
        self.seen().await.name
    }

    /// Its value as spoken: of a field, a list of choices, a slider.
    pub async fn value(&self) -> String {
        // The browser's protocol leaves these words out, though it speaks them.
        let said = self
            .with(async |element| {
                let said = element.attr("aria-valuetext").await;
                said.map_err(|error| error.to_string())
            })
            .await;
        if let Some(said) = said {
            return said;
        }
        let about = self.seen().await.about;
        match about.pointer("/value/value").cloned() {
            Some(Value::String(text)) => text,
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }

    /// A state as spoken, such as `expanded`, `checked`, `selected`, `disabled`, `invalid`; false where it has none.
    pub async fn is(&self, state: &str) -> bool {
        let about = self.seen().await.about;
        match property(&about, state) {
            Some(Value::Bool(is)) => is,
            Some(Value::String(is)) => is == "true",
            _ => false,
        }
    }

    /// Waits until it has a state.
    pub async fn becomes(&self, state: &str) {
        let sentence = format!("{self} becomes {state}");
        self.page
            .wait_until(&sentence, async || self.is(state).await)
            .await;
    }

    /// Its text as shown.
    pub async fn text(&self) -> String {
        let text = self
            .with(async |element| {
                let script = "return arguments[0].innerText ?? arguments[0].textContent";
                let element = element.to_json().map_err(|error| error.to_string())?;
                let text = self.page.driver().execute(script, vec![element]).await;
                let text = text.map_err(|error| error.to_string())?;
                Ok(text.json().as_str().unwrap_or_default().to_owned())
            })
            .await;
        text.replace('\u{a0}', " ")
    }

    /// Waits until its text has these words in it.
    pub async fn says(&self, words: &str) {
        let mut last = String::new();
        let waited = eventually(async || {
            last = self.text().await;
            if last.contains(words) {
                Ok(())
            } else {
                Err(())
            }
            .map_err(|()| String::new())
        });
        if waited.await.is_err() {
            let sentence = format!("{self} does not say '{words}'; it says:\n{last}");
            self.page.fail(&sentence).await;
        }
    }

    /// Waits until its text no longer has these words in it.
    pub async fn says_no_more(&self, words: &str) {
        let sentence = format!("{self} no longer says '{words}'");
        self.page
            .wait_until(&sentence, async || !self.text().await.contains(words))
            .await;
    }

    /// Clicks it with the mouse, once nothing lies over it.
    pub async fn click(&self) {
        self.with(async |element| element.click().await.map_err(|error| error.to_string()))
            .await;
        self.page.settle().await;
    }

    /// Puts the focus on it as a click would, and types there.
    pub async fn type_in(&self, keys: impl Into<TypingData>) {
        self.click().await;
        self.page.press(keys).await;
    }

    /// Puts another text in the place of a field's own.
    pub async fn set(&self, text: &str) {
        self.click().await;
        self.page.chord(&[Key::Control], 'a').await;
        self.page.press(text).await;
    }

    /// Chooses from a list of choices.
    pub async fn choose(&self, choice: impl Into<Name>) {
        let choice = choice.into();
        self.with(async |element| {
            let choices = element.find_all(By::Tag("option")).await;
            for option in choices.map_err(|error| error.to_string())? {
                let text = option.text().await.map_err(|error| error.to_string())?;
                if choice.fits(text.trim()) {
                    return option.click().await.map_err(|error| error.to_string());
                }
            }
            Err(format!("it has no choice {choice}"))
        })
        .await;
        self.page.settle().await;
    }

    /// Presses the mouse on its middle, moves it, and lets go.
    pub async fn drag(&self, right: i64, down: i64) {
        self.with(async |element| {
            let drag = self.page.driver().action_chain();
            let drag = drag.click_and_hold_element(&element);
            let drag = drag.move_by_offset(right / 2, down / 2);
            let drag = drag.move_by_offset(right - right / 2, down - down / 2);
            let drag = drag.release().perform().await;
            drag.map_err(|error| error.to_string())
        })
        .await;
        self.page.settle().await;
    }

    /// Goes to it with Tab alone, from wherever the focus is.
    pub async fn reach(&self) {
        self.shown().await;
        for _ in 0..120 {
            if self.has_focus().await {
                return;
            }
            if self.page.in_editor().await {
                // There Tab indents, until Escape says otherwise.
                self.page.press(Key::Escape).await;
            }
            self.page.press(Key::Tab).await;
        }
        self.page
            .fail(&format!("Tab does not lead to {self}"))
            .await;
    }

    /// Whether the focus is on it or in it.
    pub async fn has_focus(&self) -> bool {
        self.with(async |element| {
            let script = "return arguments[0].contains(document.activeElement)";
            let element = element.to_json().map_err(|error| error.to_string())?;
            let held = self.page.driver().execute(script, vec![element]).await;
            let held = held.map_err(|error| error.to_string())?;
            Ok(held.json().as_bool().unwrap_or_default())
        })
        .await
    }

    /// Does something with its element; again with a new one where the page redraws it meanwhile.
    pub(crate) async fn with<T>(&self, act: impl AsyncFn(WebElement) -> Result<T, String>) -> T {
        let done = eventually(async || {
            let seen = self.find().await?;
            let element = self.element(seen.node).await?;
            act(element).await
        });
        match done.await {
            Ok(done) => done,
            Err(why) => self.page.fail(&format!("{self}: {why}")).await,
        }
    }

    async fn seen(&self) -> Seen {
        match eventually(async || self.find().await).await {
            Ok(seen) => seen,
            Err(why) => self.page.fail(&format!("{self}: {why}")).await,
        }
    }

    /// The thing, if there is exactly one, or the one asked for.
    async fn find(&self) -> Result<Seen, String> {
        let mut found = self.candidates().await?;
        let Some(last) = self.way.last() else {
            return Err("no way leads there".to_owned());
        };
        match (found.len(), last.place) {
            (1, None) => Ok(found.remove(0)),
            (0, _) => Err(self.instead(last.role).await),
            (count, None) => Err(format!("there are {count} of them")),
            (count, Some(place)) if place < count => Ok(found.remove(place)),
            (count, Some(_)) => Err(format!("there are only {count} of them")),
        }
    }

    /// What there is in its place, for the message.
    async fn instead(&self, role: &'static str) -> String {
        let others = Self::on(self.page, role, Name::Any);
        let names = Box::pin(others.candidates()).await.unwrap_or_default();
        let names: Vec<String> = names.into_iter().map(|seen| seen.name).collect();
        format!("it is not there; of this role there are {names:?}")
    }

    async fn candidates(&self) -> Result<Vec<Seen>, String> {
        let document = self
            .page
            .try_protocol("DOM.getDocument", json!({ "depth": 0 }));
        let document = document.await?;
        let mut within = document["root"]["backendNodeId"]
            .as_u64()
            .unwrap_or_default();
        let mut found = Vec::new();
        for (at, step) in self.way.iter().enumerate() {
            found = self.inside(within, step).await?;
            if at + 1 < self.way.len() {
                let place = step.place.unwrap_or_default();
                if found.len() > 1 && step.place.is_none() {
                    return Err(format!(
                        "there are {} of {} {}",
                        found.len(),
                        step.role,
                        step.name
                    ));
                }
                let Some(seen) = found.get(place) else {
                    return Err(format!("{} {} is not there", step.role, step.name));
                };
                within = seen.node;
            }
        }
        Ok(found)
    }

    async fn inside(&self, within: u64, step: &Step) -> Result<Vec<Seen>, String> {
        let mut question = json!({ "backendNodeId": within, "role": step.role });
        if let Name::Is(name) = &step.name {
            question["accessibleName"] = json!(name);
        }
        let answer = self
            .page
            .try_protocol("Accessibility.queryAXTree", question)
            .await?;
        let nodes = answer["nodes"].as_array().cloned().unwrap_or_default();
        let seen = nodes.into_iter().filter_map(|about| {
            let node = about["backendDOMNodeId"].as_u64()?;
            let name = about.pointer("/name/value").and_then(Value::as_str);
            let name = name.unwrap_or_default().to_owned();
            let counts = about["ignored"] != json!(true) && node != within && step.name.fits(&name);
            counts.then_some(Seen { node, name, about })
        });
        Ok(seen.collect())
    }

    /// `WebDriver`'s reference to an element: chromedriver writes frame, document and the browser's own number into it.
    async fn element(&self, node: u64) -> Result<WebElement, String> {
        let driver = self.page.driver();
        let body = driver
            .find(By::Tag("body"))
            .await
            .map_err(|error| error.to_string())?;
        let id = body.element_id().to_string();
        let (before, _) = id
            .rsplit_once(".e.")
            .ok_or_else(|| format!("this driver writes its references another way: {id}"))?;
        let reference = json!({ ELEMENT: format!("{before}.e.{node}") });
        WebElement::from_json(reference, driver.handle().clone()).map_err(|error| error.to_string())
    }
}

/// A property of what the browser says about a thing.
fn property(about: &Value, name: &str) -> Option<Value> {
    let properties = about["properties"].as_array()?;
    let property = properties
        .iter()
        .find(|property| property["name"] == name)?;
    property.pointer("/value/value").cloned()
}

impl fmt::Display for Thing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.way.iter().rev().enumerate() {
            let joint = if at > 0 { " in " } else { "" };
            write!(f, "{joint}{} {}", step.role, step.name)?;
            if let Some(place) = step.place {
                write!(f, " ({} in order)", place + 1)?;
            }
        }
        Ok(())
    }
}
