//! The containers of a row of area `lifecycle`, and what they are told to do.

use super::Case;
use super::words::{
    any, any_flag, any_number, any_text, named, number, numbered, seconds, several, speaks_of,
    words,
};
use fargate_core::text::{Node, Value};

/// A container of a row.
pub(super) struct Actor {
    pub(super) name: String,
    pub(super) essential: bool,
    pub(super) timeout: Option<i64>,
    pub(super) image: Option<String>,
    pub(super) behaviour: Option<String>,
}

/// The containers of a row, with what the row says of all of them and what its deed says of each.
pub(super) fn told_actors(case: &Case<'_>) -> Vec<Actor> {
    let mut actors = actors(case);
    let timeout = any(case.setup, &["stopTimeout", "stop_timeout"]);
    for actor in &mut actors {
        let said = timeout.and_then(number).map(|it| it as i64);
        actor.timeout = actor.timeout.or(said);
        // who says how long a process is waited for, and not what it does, means one that has to be waited for
        if timeout.is_some() && case.setup.get("process").is_none() && actor.behaviour.is_none() {
            actor.behaviour = Some(r#""stopMs":null"#.to_owned());
        }
        // an end that the deed tells: 'helper exits 1'
        if let Some(told) = told_of(case.deed(), &actor.name) {
            let known = actor.behaviour.take();
            // 'web exits' of one whose code the row has said
            let vague = known.is_some() && numbered(told).is_empty();
            actor.behaviour = if vague {
                known
            } else {
                behaviour(told).or(known)
            };
        }
    }
    actors
}

/// The containers of a row: those of `containers`, or one whose `process` is told.
fn actors(case: &Case<'_>) -> Vec<Actor> {
    let one = |name: &str, node: &Node| {
        let says = match &node.value {
            Value::String(text) => text.to_string(),
            _ => any_text(
                node,
                &[
                    "process",
                    "behaviour",
                    "behavior",
                    "does",
                    "state",
                    "container",
                ],
            )
            .unwrap_or_default()
            .to_owned(),
        };
        let exit = [
            "exits",
            "exitCode",
            "exit_code",
            "exit",
            "essential_container_exit_code",
            "container_exit_code",
        ];
        let exit = any_number(node, &exit).map(exits);
        let essential = any_flag(node, &["essential"]).unwrap_or(!speaks_of(
            &says,
            &[
                "essential=false",
                "essential: false",
                "non-essential",
                "nonessential",
                "not essential",
                "essential false",
            ],
        ));
        Actor {
            name: name.to_owned(),
            essential,
            timeout: any_number(node, &["stopTimeout", "stop_timeout"]).map(|it| it as i64),
            // what has a blank says something of the image, and is not its name
            image: any_text(node, &["image"])
                .filter(|it| !it.contains(' '))
                .map(str::to_owned),
            behaviour: exit.or_else(|| behaviour(&says)),
        }
    };
    match any(case.setup, &["containers", "containerDefinitions"]) {
        Some(Node {
            value: Value::Object(members),
            ..
        }) => members
            .iter()
            .map(|it| one(&it.key.name, &it.value))
            .collect(),
        Some(list) => {
            let items = several(list).into_iter().enumerate();
            let named = items.map(|(place, it)| {
                (
                    any_text(it, &["name"]).map_or_else(|| format!("c{place}"), str::to_owned),
                    it,
                )
            });
            named.map(|(name, it)| one(&name, it)).collect()
        }
        None => {
            let mut web = one("web", case.setup);
            if any_flag(case.setup, &["essential"]).is_none() {
                web.essential = true;
            }
            if missing(case) && web.image.is_none() {
                web.image = Some(NOWHERE.to_owned());
            }
            web.behaviour = web.behaviour.or_else(|| behaviour(case.deed()));
            vec![web]
        }
    }
}

/// Whether the row's image is not there.
pub(super) fn missing(case: &Case<'_>) -> bool {
    let none = any_flag(
        case.setup,
        &["image_exists", "image_found", "repository_exists"],
    ) == Some(false);
    let says = any_text(case.setup, &["image", "process"]).unwrap_or_default();
    none || speaks_of(
        says,
        &[
            "does not exist",
            "nonexistent",
            "non-existent",
            "missing",
            "not found",
        ],
    ) || speaks_of(
        case.deed(),
        &[
            "image does not exist",
            "image is missing",
            "missing image",
            "nonexistent image",
            "image not found",
        ],
    )
}

/// What a deed tells of a container: 'helper exits 1'.
fn told_of<'a>(deed: &'a str, name: &str) -> Option<&'a str> {
    let place = deed.find(name)?;
    let rest = deed.get(place + name.len()..)?;
    speaks_of(
        rest,
        &["exit", "end", "crash", "finish", "complete", "memory"],
    )
    .then_some(rest)
}

fn exits(code: f64) -> String {
    format!(
        r#""exitMs":1000,"exitCode":{}"#,
        code.clamp(0.0, 255.0) as u8
    )
}

/// What a process is told to do, as members of a behaviour: 'ignores SIGTERM', 'exits 3', 'handles SIGTERM in 5 s'.
pub(super) fn behaviour(says: &str) -> Option<String> {
    let codes = || {
        let all = words(says);
        let of = |it: &[&str]| match it {
            [word, code]
                if word.starts_with("exit")
                    || word.starts_with("code")
                    || word.starts_with("with") =>
            {
                code.parse::<u8>().ok()
            }
            _ => None,
        };
        let code = all.windows(2).find_map(of);
        code.or_else(|| named(says, "exitCode")?.parse().ok())
            .or_else(|| named(says, "code")?.parse().ok())
    };
    if speaks_of(
        says,
        &[
            "ignores",
            "ignoring",
            "does not react",
            "does not stop",
            "traps sigterm and goes on",
        ],
    ) {
        return Some(r#""stopMs":null"#.to_owned());
    }
    if speaks_of(
        says,
        &["sigterm", "gracefully", "shuts down", "signal", "handler"],
    ) {
        let unhandled = speaks_of(
            says,
            &[
                "no handler",
                "default",
                "unhandled",
                "does not handle",
                "without handler",
                "not handled",
                "no sigterm",
                "without a handler",
                "killed by",
                "dies",
            ],
        );
        let code = codes().unwrap_or(if unhandled { 143 } else { 0 });
        let ms = seconds(says).map_or(0.0, |it| (it * 1_000.0).min(86_400_000.0)) as u32;
        return Some(format!(r#""stopMs":{ms},"stopCode":{code}"#));
    }
    if speaks_of(says, &["oom", "memory", "allocates", " mib"]) {
        return Some(r#""leakKib":200000"#.to_owned());
    }
    if let Some(code) = codes() {
        return Some(exits(f64::from(code)));
    }
    // 128 and the signal's number, or what a shell says of a command
    let known = [
        (&["sigsegv", "segmentation", "segfault"][..], 139.0),
        (&["sigabrt", "abort"], 134.0),
        (&["command not found", "no such command"], 127.0),
        (&["not executable", "permission denied"], 126.0),
        (&["sigkill", "kill -9"], 137.0),
    ];
    let named = known.into_iter().find(|(names, _)| speaks_of(says, names));
    if let Some((_, code)) = named {
        return Some(exits(code));
    }
    if speaks_of(says, &["crash", "fails"]) {
        return Some(exits(1.0));
    }
    speaks_of(says, &["exits", "finishes", "completes", "ends"]).then(|| exits(0.0))
}

/// A registry that holds nothing.
const NOWHERE: &str = "nobody/nothing:1";
