//! Cases to begin with: what the guides of ECS and Docker, and people who explain them, tell of network modes. `cases.txt` holds them.

use super::{Ask, Sheet, SheetContainer, SheetTask};
use fargate_core::call::LaunchType;
use fargate_core::network::modes::NetworkMode;

/// A case with a blank line after it: number and title, `on` what, tasks with a container a line, and what is asked.
const CASES: &str = include_str!("cases.txt");

/// A case to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number: 'M01'.
    pub number: &'static str,
    /// What it tells, in a sentence.
    pub title: &'static str,
    /// What stands there.
    pub sheet: Sheet,
    /// What is asked; `None` where the table or what is placed tells it.
    pub ask: Option<Ask>,
}

/// Every case, in the order of their numbers.
pub fn cases() -> Vec<Case> {
    CASES.split("\n\n").filter_map(case).collect()
}

fn case(text: &'static str) -> Option<Case> {
    let mut lines = text.trim().lines();
    let (number, title) = lines.next()?.split_once(' ')?;
    let mut case = Case {
        number,
        title,
        sheet: Sheet::default(),
        ask: None,
    };
    for line in lines {
        let mut words = line.split(' ');
        match words.next()? {
            "on" => words.for_each(|word| on(&mut case.sheet, word)),
            "task" => {
                let (family, mode) = (words.next()?, words.next());
                case.sheet.tasks.push(SheetTask {
                    family: family.to_owned(),
                    mode: NetworkMode::of(mode)?,
                    containers: Vec::new(),
                });
            }
            "ask" => {
                let mut next = || words.next().unwrap_or_default().to_owned();
                case.ask = Some(Ask {
                    from: next(),
                    to: next(),
                    port: next(),
                });
            }
            name => {
                let task = case.sheet.tasks.last_mut()?;
                task.containers.push(container(name, words));
            }
        }
    }
    Some(case)
}

fn on(sheet: &mut Sheet, word: &str) {
    match word {
        "fargate" => sheet.launch_type = LaunchType::Fargate,
        "trunking" => sheet.trunking = true,
        "public" => sheet.public_subnet = true,
        _ => match word.strip_prefix("loopback=") {
            Some(port) => port.clone_into(&mut sheet.loopback),
            None => word.clone_into(&mut sheet.instance_type),
        },
    }
}

/// `80` and `8080:80` are mapped, `*9000` is not, `link=db:backend` is a link.
fn container<'a>(name: &str, words: impl Iterator<Item = &'a str>) -> SheetContainer {
    let mut container = SheetContainer::new(name, "");
    for word in words {
        let (field, text) = if let Some(link) = word.strip_prefix("link=") {
            (&mut container.links, link)
        } else if let Some(port) = word.strip_prefix('*') {
            (&mut container.listens, port)
        } else {
            (&mut container.ports, word)
        };
        if !field.is_empty() {
            field.push_str(", ");
        }
        field.push_str(text);
    }
    container
}
