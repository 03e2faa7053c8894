//! Log drivers: where the lines of a container go, read from its definition.
//!
//! Source: 'Send Amazon ECS logs to CloudWatch', 'Third-party log drivers', API reference of `LogConfiguration`.

use crate::task_definition::Revision;
use crate::text::{self, Node};
use crate::units::Date;

/// The day since which a task's log driver does not block it unless it is told to.
/// Source: 'What's new': account setting `defaultLogDriverMode`, non-blocking by default.
const NON_BLOCKING_SINCE: Date = Date::new(2025, 6, 25);

/// What takes the lines of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogDriver {
    /// CloudWatch Logs.
    Awslogs,
    /// Another driver, by its name: its lines leave the account.
    Other(String),
    /// None is configured: on Fargate nobody can read the lines.
    None,
}

/// `logConfiguration` of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogOptions {
    /// `logDriver`.
    pub driver: LogDriver,
    /// `awslogs-group`.
    pub group: Option<String>,
    /// `awslogs-stream-prefix`.
    pub prefix: Option<String>,
    /// `awslogs-region`.
    pub region: Option<String>,
    /// `awslogs-create-group`.
    pub create_group: bool,
    /// `awslogs-datetime-format`: lines up to the next one with such a time are one.
    pub datetime_format: Option<String>,
    /// `mode` as written.
    pub mode: Option<String>,
    /// `max-buffer-size` as written.
    pub max_buffer_size: Option<String>,
    /// Where another driver sends its lines, as its options say: `splunk-url`, `Name`, an address.
    pub sink: Option<String>,
}

impl LogOptions {
    /// Where the containers of a revision log, each by its name, in the order of the definition.
    pub fn of(revision: &Revision) -> Vec<(String, Self)> {
        let root = text::read(revision.sent.as_str()).root;
        let containers = root.get("containerDefinitions").map(Node::items);
        let containers = containers.unwrap_or_default().iter();
        let named = containers.filter_map(|it| Some((it.get("name")?.as_str()?.to_owned(), it)));
        named
            .map(|(name, it)| (name, Self::read(it.get("logConfiguration"))))
            .collect()
    }

    fn read(node: Option<&Node>) -> Self {
        let driver = node.and_then(|it| it.get("logDriver")?.as_str());
        let options = node.and_then(|it| it.get("options"));
        let option = |name: &str| options?.get(name)?.as_str().map(str::to_owned);
        let sinks = [
            "splunk-url",
            "Name",
            "gelf-address",
            "fluentd-address",
            "syslog-address",
        ];
        Self {
            driver: match driver {
                None => LogDriver::None,
                Some("awslogs") => LogDriver::Awslogs,
                Some(other) => LogDriver::Other(other.to_owned()),
            },
            group: option("awslogs-group").filter(|_| driver == Some("awslogs")),
            prefix: option("awslogs-stream-prefix"),
            region: option("awslogs-region"),
            create_group: option("awslogs-create-group").as_deref() == Some("true"),
            datetime_format: option("awslogs-datetime-format"),
            mode: option("mode"),
            max_buffer_size: option("max-buffer-size"),
            sink: sinks.iter().find_map(|name| option(name)),
        }
    }

    /// The stream of a container of a task: `prefix/container/task-id`.
    pub fn stream(&self, container: &str, task: &str) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}/{container}/{task}"),
            None => format!("{container}/{task}"),
        }
    }

    /// Whether a container waits while its lines cannot be sent; else they are dropped once the buffer is full.
    pub fn blocks(&self, as_of: Date) -> bool {
        match self.mode.as_deref() {
            Some(mode) => mode == "blocking",
            None => as_of < NON_BLOCKING_SINCE,
        }
    }

    /// The buffer of a driver that does not block. Source: API reference of `LogConfiguration`.
    pub fn buffer(&self, as_of: Date) -> &str {
        let usual = if as_of < NON_BLOCKING_SINCE {
            "1m"
        } else {
            "10m"
        };
        self.max_buffer_size.as_deref().unwrap_or(usual)
    }
}
