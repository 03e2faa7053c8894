//! What the page does beside what it shows: requests, cookies, and complaints in the console.

use crate::page::Page;
use serde_json::Value;

impl Page {
    /// The addresses asked for since this was last called.
    pub async fn requests(&self) -> Vec<String> {
        let log = self.driver().get_log("performance").await;
        let log = log.unwrap_or_else(|error| panic!("the log of requests: {error}"));
        let address = |message: &str| {
            let message: Value = serde_json::from_str(message).ok()?;
            let message = &message["message"];
            let sent = message["method"] == "Network.requestWillBeSent";
            let url = message.pointer("/params/request/url")?.as_str()?;
            (sent && !url.starts_with("data:") && !url.starts_with("blob:")).then(|| url.to_owned())
        };
        log.iter()
            .filter_map(|entry| address(&entry.message))
            .collect()
    }

    /// Errors and warnings in the console since this was last called: faults, refused content, missing files.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver().browser_log().await;
        let log = log.unwrap_or_else(|error| panic!("the console: {error}"));
        let heard = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING");
        heard.map(|entry| entry.message).collect()
    }

    /// Every journey ends here: the console is silent.
    pub async fn ends_quietly(self) {
        let complaints = self.complaints().await;
        if !complaints.is_empty() {
            self.fail(&format!("the console complains: {complaints:#?}"))
                .await;
        }
    }
}
