//! A small shell in a container: enough to look around. It changes nothing, so a command is no event of the run.

use super::web;
use crate::engine::chance;
use crate::ids::TaskId;
use crate::network::{Destination, Endpoint, Flow, Trace};
use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::observe::metadata::Metadata;
use crate::task::{Container, Task};
use crate::text::{self, Node};
use std::fmt::Write as _;
use std::net::IpAddr;

/// Characters of a command line at most.
const MAX_LINE: usize = 4_000;

/// A shell in a container that runs.
#[derive(Clone, Copy, Debug)]
pub struct Shell<'a> {
    pub(super) account: Account<'a>,
    pub(super) task: &'a Task,
    pub(super) container: &'a Container,
    pub(super) metadata: Metadata<'a>,
}

/// What a command line led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it wrote, without a line break at the end.
    pub out: String,
    /// Its exit code.
    pub code: u8,
    /// Whether the shell ended with it.
    pub ended: bool,
    /// The way of what it asked for over the network.
    pub trace: Option<Trace>,
}

impl Answer {
    pub(super) fn said(out: impl Into<String>) -> Self {
        Self {
            out: out.into(),
            ..Self::default()
        }
    }

    pub(super) fn failed(code: u8, out: impl Into<String>) -> Self {
        Self {
            out: out.into(),
            code,
            ..Self::default()
        }
    }
}

impl<'a> Shell<'a> {
    /// A shell in the container of that name; `None` where it does not run.
    pub fn new(account: Account<'a>, task: &TaskId, container: &str) -> Option<Self> {
        let task = account.tasks.get(task)?;
        let place = task
            .containers
            .iter()
            .position(|it| *it.name == *container)?;
        let container = &task.containers[place];
        let metadata = Metadata::new(account, task, place)?;
        container.runs().then_some(Self {
            account,
            task,
            container,
            metadata,
        })
    }

    /// Runs a command line.
    pub fn run(&self, line: &str) -> Answer {
        if line.chars().count() > MAX_LINE {
            return Answer::failed(2, "sh: line too long");
        }
        let words = match self.words(line) {
            Ok(words) => words,
            Err(why) => return Answer::failed(2, format!("sh: {why}")),
        };
        let Some((command, rest)) = words.split_first() else {
            return Answer::default();
        };
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        match command.rsplit('/').next().unwrap_or(command) {
            "exit" | "logout" => Answer {
                code: rest.first().and_then(|it| it.parse().ok()).unwrap_or(0),
                ended: true,
                ..Answer::default()
            },
            "true" | ":" | "clear" => Answer::default(),
            "false" => Answer::failed(1, ""),
            "echo" => Answer::said(rest.join(" ")),
            "whoami" => Answer::said("root"),
            "id" => Answer::said("uid=0(root) gid=0(root) groups=0(root)"),
            "pwd" => Answer::said("/"),
            "hostname" => Answer::said(self.hostname()),
            "uname" => Answer::said(if rest.contains(&"-m") {
                "x86_64"
            } else {
                "Linux"
            }),
            "date" => Answer::said(Clock::at(self.account.began, self.account.now).iso()),
            "ps" | "top" => Answer::said(self.processes()),
            "env" | "printenv" => self.print_env(&rest),
            "ls" => self.list(&rest),
            "cat" => self.cat(&rest),
            "curl" => web::curl(self, &rest),
            "wget" => web::wget(self, &rest),
            "nslookup" | "dig" | "getent" => self.look_up(&rest),
            "help" => Answer::said(
                "ps env printenv curl wget nslookup cat ls echo hostname date id whoami uname pwd exit",
            ),
            "sh" | "bash" | "ash" if rest.is_empty() => Answer::default(),
            _ => Answer::failed(127, format!("sh: {command}: not found")),
        }
    }

    /// The words of a line, quotation marks and variables resolved.
    fn words(&self, line: &str) -> Result<Vec<String>, String> {
        let letters: Vec<char> = line.trim().chars().collect();
        let (mut words, mut word, mut at) = (Vec::new(), None::<String>, 0);
        let mut quote = None;
        while let Some(&letter) = letters.get(at) {
            at += 1;
            match (quote, letter) {
                (Some(mark), _) if letter == mark => quote = None,
                (None, '\'' | '"') => {
                    quote = Some(letter);
                    word.get_or_insert_default();
                }
                (None | Some('"'), '$') => {
                    let (value, end) = self.variable(&letters, at);
                    word.get_or_insert_default().push_str(&value);
                    at = end;
                }
                (None | Some('"'), '\\') => {
                    word.get_or_insert_default().extend(letters.get(at));
                    at += 1;
                }
                (None, '|' | ';' | '&' | '>' | '<' | '`') => {
                    return Err(format!(
                        "{letter} is not modelled here: run one command at a time"
                    ));
                }
                (None, _) if letter.is_whitespace() => words.extend(word.take()),
                _ => word.get_or_insert_default().push(letter),
            }
        }
        words.extend(word);
        match quote {
            Some(mark) => Err(format!("syntax error: {mark} is never closed")),
            None => Ok(words),
        }
    }

    /// The value of a variable whose name begins at a place, and where that ends.
    fn variable(&self, letters: &[char], from: usize) -> (String, usize) {
        let braced = letters.get(from) == Some(&'{');
        let begins = from + usize::from(braced);
        let rest = letters.get(begins..).unwrap_or_default().iter();
        let name: String = rest
            .take_while(|it| it.is_ascii_alphanumeric() || **it == '_')
            .collect();
        let end = begins + name.chars().count();
        if name.is_empty() {
            return ("$".to_owned(), from);
        }
        let value = self
            .environment()
            .into_iter()
            .find(|it| it.0 == name)
            .map(|it| it.1);
        (
            value.unwrap_or_default(),
            end + usize::from(braced && letters.get(end) == Some(&'}')),
        )
    }

    /// The variables: those that Fargate sets, those of the definition, and those that the task was run with.
    pub(super) fn environment(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = vec![
            ("HOME".to_owned(), "/root".to_owned()),
            ("HOSTNAME".to_owned(), self.hostname()),
            (
                "PATH".to_owned(),
                "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
            ),
        ];
        let own = self.metadata.environment().into_iter();
        all.extend(own.map(|(name, value)| (name.to_owned(), value)));
        let mut set = |name: &str, value: String| {
            all.retain(|it| it.0 != name);
            all.push((name.to_owned(), value));
        };
        let revision = self.account.revisions.find(&self.task.revision).ok();
        let root = revision.map(|it| text::read(it.sent.as_str()).root);
        let containers = root.as_ref().and_then(|it| it.get("containerDefinitions"));
        let mut containers = containers.map(Node::items).unwrap_or_default().iter();
        let definition = containers
            .find(|it| it.get("name").and_then(Node::as_str) == Some(&*self.container.name));
        let entries = |member: &str| {
            let list = definition.and_then(|it| it.get(member)).map(Node::items);
            list.unwrap_or_default().iter()
        };
        let of = |node: &Node, member: &str| {
            node.get(member)
                .and_then(Node::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        for it in entries("environment") {
            set(&of(it, "name"), of(it, "value"));
        }
        for it in entries("secrets") {
            set(
                &of(it, "name"),
                format!("(the value of {})", of(it, "valueFrom")),
            );
        }
        let options = self.task.options.get();
        let overrides = options.and_then(|it| it.overrides.as_ref());
        let overrides = overrides.map(|it| it.container_overrides.as_slice());
        let mut own = overrides.unwrap_or_default().iter();
        let own = own.find(|it| it.name.as_deref() == Some(&*self.container.name));
        for it in own.iter().flat_map(|it| &it.environment) {
            set(&it.name, it.value.clone().unwrap_or_default());
        }
        all.sort();
        all
    }

    fn print_env(&self, names: &[&str]) -> Answer {
        let all = self.environment();
        if let Some(name) = names.first() {
            let found = all.into_iter().find(|it| it.0 == *name);
            return found.map_or_else(|| Answer::failed(1, ""), |it| Answer::said(it.1));
        }
        let lines: Vec<String> = all
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Answer::said(lines.join("\n"))
    }

    /// The private name of the interface where the VPC has both DNS attributes on, else a random one.
    /// Source: 'Fargate task networking', DNS.
    pub(super) fn hostname(&self) -> String {
        let network = self.account.network;
        let interface = network.interface_of(&self.task.id);
        let subnet = interface.and_then(|it| network.subnets.get(&it.subnet));
        let vpc = subnet.and_then(|it| network.vpcs.get(&it.vpc));
        match (interface, vpc) {
            (Some(interface), Some(vpc)) if vpc.dns_support && vpc.dns_hostnames => {
                let address = interface.private_ip.to_string();
                format!("ip-{}.ec2.internal", address.replace('.', "-"))
            }
            _ => {
                let drawn = chance::draw(self.account.seed, "hostname", self.task.id.as_str());
                format!("{:012x}", drawn >> 16)
            }
        }
    }

    fn processes(&self) -> String {
        let image = &self.container.definition.image;
        let name = crate::workload::untagged(image);
        let name = name.rsplit('/').next().unwrap_or(name);
        let mut out = String::from("PID   USER     TIME  COMMAND");
        let agent = "/managed-agents/execute-command/amazon-ssm-agent";
        let worker = "/managed-agents/execute-command/ssm-agent-worker";
        for (id, command) in [(1, name), (7, agent), (20, worker), (31, "sh"), (38, "ps")] {
            let written = write!(out, "\n{id:>5} root      0:00 {command}");
            debug_assert!(written.is_ok(), "a text can always be written to");
        }
        out
    }

    /// Opens a connection from the task: the way that it takes.
    pub(super) fn walk(&self, host: &str, port: u16) -> Option<Trace> {
        let interface = self.task.interface.clone()?;
        let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let to = address.unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let mut flow = Flow::tcp(Endpoint::Interface(interface), to, port);
        if address.is_none() {
            flow.to = Destination::Name(host.into());
        }
        // what stands in /etc/hosts
        if host == "localhost" {
            flow.to = Destination::Address(IpAddr::from([127, 0, 0, 1]));
        } else if host == self.hostname() {
            let own = self.account.network.interface_of(&self.task.id)?.private_ip;
            flow.to = Destination::Address(own.into());
        }
        Some((self.account.walk)(self.account.network, &flow))
    }

    fn look_up(&self, words: &[&str]) -> Answer {
        let Some(name) = words
            .iter()
            .rev()
            .find(|it| !it.starts_with(['-', '+', '@']))
        else {
            return Answer::failed(1, "Usage: nslookup HOST");
        };
        let resolver = self.file("/etc/resolv.conf").unwrap_or_default();
        let resolver = resolver
            .split_whitespace()
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        let Some(trace) = self.walk(name, 443) else {
            return Answer::failed(1, ";; connection timed out; no servers could be reached");
        };
        let head = format!("Server:\t\t{resolver}\nAddress:\t{resolver}:53\n");
        let mut answer = match (web::dns_failure(&trace), trace.to) {
            (Some(web::NoName::NoServer), _) => {
                Answer::failed(1, ";; connection timed out; no servers could be reached")
            }
            (Some(web::NoName::Unknown), _) => {
                Answer::failed(1, format!("{head}\n** server can't find {name}: NXDOMAIN"))
            }
            (None, address) => Answer::said(format!("{head}\nName:\t{name}\nAddress: {address}")),
        };
        answer.trace = Some(trace);
        answer
    }
}
