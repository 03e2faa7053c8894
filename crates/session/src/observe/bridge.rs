//! EventBridge: what ECS sent, and rules.

use crate::session::Session;
use fargate_core::ids::TaskId;
use fargate_core::observe::{BridgeEvent, Pattern, Rule, Told, When, bridge};
use fargate_core::text::{self, Json};
use fargate_core::units::SimTime;

/// What EventBridge has got and does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BridgePage {
    /// The newest events, the newest first.
    pub events: Vec<BridgeCard>,
    /// How many events there were.
    pub sent: usize,
    /// The rules, by name.
    pub rules: Vec<RuleCard>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeCard {
    /// Which it is: the number of the fact that it tells of, `24`; where several tell of the same, `24/1` for the second.
    pub key: String,
    /// When.
    pub at: SimTime,
    /// What it is about.
    pub about: BridgeAbout,
    /// `ECS Task State Change`.
    pub detail_type: &'static str,
    /// 'RUNNING, wanted RUNNING', or `SERVICE_STEADY_STATE`.
    pub words: String,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BridgeAbout {
    /// A task.
    Task(TaskId),
    /// A service, by its name, and whether it is in trouble: `WARN` or `ERROR`.
    Service(String, bool),
}

impl BridgeCard {
    fn of(event: &BridgeEvent) -> Self {
        let (about, words) = match event.told() {
            Told::Task {
                task,
                last,
                desired,
            } => (BridgeAbout::Task(task), format!("{last}, wanted {desired}")),
            Told::Service {
                service,
                kind,
                name,
            } => (
                BridgeAbout::Service(service, kind != "INFO"),
                name.to_owned(),
            ),
            Told::Notice { task, name } => (BridgeAbout::Task(task), name.to_owned()),
        };
        Self {
            key: event.number(),
            at: event.at,
            about,
            detail_type: event.detail_type(),
            words,
        }
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCard {
    /// Its name.
    pub name: String,
    /// Whether it works.
    pub enabled: bool,
    /// What it waits for: the pattern or the expression.
    pub when: String,
    /// How many of the events so far it describes; `None` where it waits for times.
    pub matches: Option<usize>,
    /// What it starts: the ids of its targets and their definitions.
    pub targets: Vec<(String, String)>,
}

impl Session {
    /// What EventBridge has got up to the moment shown, of which at most so many events, and its rules.
    pub fn bridge(&self, most: usize) -> BridgePage {
        let account = self.world().account();
        let sent = bridge::sent(&account, self.events());
        let asks = |rule: &&std::sync::Arc<Rule>| matches!(rule.when, When::Event(..));
        // an event is written only where a rule reads it
        let read = account.observe.rules.all().any(|rule| asks(&rule));
        let trees: Vec<_> = sent
            .iter()
            .filter(|_| read)
            .map(|it| text::read(&it.json(&account)).root)
            .collect();
        let rule = |rule: &std::sync::Arc<Rule>| {
            let (when, matches) = match &rule.when {
                When::Event(pattern, text) => {
                    let found = trees.iter().filter(|event| pattern.wants(event)).count();
                    (text.clone(), Some(found))
                }
                When::Time(_, text) => (text.clone(), None),
            };
            let targets = rule.targets.iter().map(|it| {
                let definition = it.ecs_parameters.as_ref();
                let definition = definition.map(|it| it.task_definition_arn.as_str());
                let definition = definition.unwrap_or_default();
                let name = definition.rsplit('/').next().unwrap_or(definition);
                (it.id.clone(), name.to_owned())
            });
            RuleCard {
                name: rule.name.to_string(),
                enabled: rule.enabled,
                when,
                matches,
                targets: targets.collect(),
            }
        };
        let newest = sent.iter().rev().take(most);
        BridgePage {
            events: newest.map(BridgeCard::of).collect(),
            sent: sent.len(),
            rules: account.observe.rules.all().map(rule).collect(),
        }
    }

    /// An event of EventBridge as JSON with indents, by its key.
    pub fn bridge_event(&self, key: &str) -> Option<String> {
        let account = self.world().account();
        let sent = bridge::sent(&account, self.events());
        let found = sent.iter().find(|it| it.number() == key)?;
        Some(Json::known(&found.json(&account)).indented())
    }

    /// The events of EventBridge up to the moment shown that a pattern wants, the oldest first, each as JSON on a line; all of them
    /// where it is empty.
    ///
    /// # Errors
    /// AWS's words where the pattern is not understood, and the cure.
    pub fn bridge_lines(&self, pattern: &str) -> Result<Vec<String>, String> {
        let read = |text: &str| {
            Pattern::read(text).map_err(|bad| {
                let reason = bad.reason;
                format!("Event pattern is not valid. Reason: {reason}. {}", bad.cure)
            })
        };
        let given = Some(pattern).filter(|it| !it.is_empty());
        let pattern = given.map(read).transpose()?;
        let account = self.world().account();
        let sent = bridge::sent(&account, self.events());
        let lines = sent.iter().map(|it| it.json(&account));
        let wanted = lines.filter(|line| {
            let mut patterns = pattern.iter();
            patterns.all(|it| it.wants(&text::read(line).root))
        });
        Ok(wanted.collect())
    }
}
