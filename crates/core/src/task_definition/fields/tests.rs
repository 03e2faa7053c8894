//! The edits as tables: a text, what is done to it, the text afterwards.

use super::edit::{remove, set};
use super::{Fields, Kind, Shape, Step, fields, on_fargate, path_at, root};
use crate::finding::{Edit, Fix, apply};
use crate::task_definition::{Context, read};
use crate::text::Span;
use crate::units::Date;

fn path(way: &str) -> Vec<Step> {
    let steps = way.split('.').filter(|step| !step.is_empty());
    let step = |step: &str| step.parse().map_or_else(|_| step.into(), Step::Item);
    steps.map(step).collect()
}

fn context() -> Context {
    Context::fargate(Date::new(2026, 6, 1))
}

fn done(text: &str, edits: impl Fn(&crate::text::Node) -> Vec<Edit>) -> String {
    let reading = read(text, &context());
    let (title, edits) = (String::new(), edits(reading.root()));
    apply(text, &Fix { title, edits }).expect("the edits fit their text")
}

#[test]
fn values_are_set_where_they_stand_and_everything_else_stays() {
    for (before, way, json, after) in [
        (
            "{ \"cpu\": \"256\" }",
            "cpu",
            "\"512\"",
            "{ \"cpu\": \"512\" }",
        ),
        (
            "{ \"cpu\": \"256\" }",
            "memory",
            "\"512\"",
            "{ \"cpu\": \"256\", \"memory\": \"512\" }",
        ),
        ("{}", "family", "\"a\"", "{\n  \"family\": \"a\"\n}"),
        (
            "{\n\t\"a\": 1 // why\n}",
            "family",
            "\"b\"",
            "{\n\t\"a\": 1,\n\t\"family\": \"b\" // why\n}",
        ),
        (
            "{\n  \"a\": 1,\n}",
            "family",
            "\"b\"",
            "{\n  \"a\": 1,\n  \"family\": \"b\",\n}",
        ),
        // what is missing on the way is made
        (
            "{\n  \"a\": 1\n}",
            "ephemeralStorage.sizeInGiB",
            "30",
            "{\n  \"a\": 1,\n  \"ephemeralStorage\": { \"sizeInGiB\": 30 }\n}",
        ),
        (
            "{ \"a\": 1 }",
            "tags.0.key",
            "\"k\"",
            "{ \"a\": 1, \"tags\": [{ \"key\": \"k\" }] }",
        ),
        // a new item stands as the others do
        (
            "{\n  \"tags\": [\n    { \"key\": \"a\" }\n  ]\n}",
            "tags.1",
            "{\"key\":\"b\"}",
            "{\n  \"tags\": [\n    { \"key\": \"a\" },\n    { \"key\": \"b\" }\n  ]\n}",
        ),
        (
            "{\n  \"tags\": []\n}",
            "tags.0",
            "{\"key\":\"b\"}",
            "{\n  \"tags\": [\n    { \"key\": \"b\" }\n  ]\n}",
        ),
        // a larger value takes lines of its own
        (
            "{\n    \"a\": 1\n}",
            "containerDefinitions.0",
            "{\"name\":\"web\",\"command\":[\"a\"]}",
            "{\n    \"a\": 1,\n    \"containerDefinitions\": [\n        {\n            \"name\": \"web\",\n            \"command\": [\"a\"]\n        }\n    ]\n}",
        ),
        // another type than the one that stands there
        (
            "{ \"tags\": \"x\" }",
            "tags.0.key",
            "\"k\"",
            "{ \"tags\": [{ \"key\": \"k\" }] }",
        ),
    ] {
        let found = done(before, |root| set(before, root, &path(way), json));
        assert_eq!(found, after, "{way} in {before}");
    }
}

#[test]
fn what_is_taken_away_takes_one_comma_and_no_comment_along() {
    for (before, way, after) in [
        ("{ \"a\": 1, \"b\": 2 }", "a", "{ \"b\": 2 }"),
        ("{ \"a\": 1, \"b\": 2 }", "b", "{ \"a\": 1 }"),
        ("{ \"a\": 1 }", "a", "{  }"),
        (
            "{\n  \"a\": 1, // why a\n  // about b\n  \"b\": 2\n}",
            "a",
            "{\n  // why a\n  // about b\n  \"b\": 2\n}",
        ),
        (
            "{\n  \"a\": 1, // why a\n  \"b\": 2\n}",
            "b",
            "{\n  \"a\": 1 // why a\n}",
        ),
        (
            "{\n  \"a\": 1,\n  \"b\": 2,\n}",
            "b",
            "{\n  \"a\": 1,\n  \n}",
        ),
        ("{ \"tags\": [1, 2, 3] }", "tags.1", "{ \"tags\": [1, 3] }"),
        // what would be left empty goes too, an item of a list stays
        (
            "{ \"a\": 1, \"runtimePlatform\": { \"x\": 1 } }",
            "runtimePlatform.x",
            "{ \"a\": 1 }",
        ),
        (
            "{ \"a\": 1, \"tags\": [{ \"key\": \"k\" }] }",
            "tags.0",
            "{ \"a\": 1 }",
        ),
        (
            "{ \"tags\": [{ \"key\": \"k\" }, {}] }",
            "tags.0.key",
            "{ \"tags\": [{  }, {}] }",
        ),
        ("{ \"a\": 1 }", "b", "{ \"a\": 1 }"),
    ] {
        let found = done(before, |root| remove(before, root, &path(way)));
        assert_eq!(found, after, "{way} from {before}");
    }
}

#[test]
fn setting_then_removing_leaves_the_text_as_it_was() {
    let text = "{\n  \"family\": \"web\", // the name\n  \"extra\": [1, 2],\n  \"containerDefinitions\": [\n    { \"name\": \"web\" }\n  ]\n}";
    for (way, json) in [
        ("cpu", "\"256\""),
        ("runtimePlatform.cpuArchitecture", "\"ARM64\""),
        ("containerDefinitions.0.healthCheck.interval", "30"),
        (
            "containerDefinitions.1",
            "{\"name\":\"log\",\"environment\":[{\"name\":\"a\",\"value\":\"b\"}]}",
        ),
    ] {
        let with = done(text, |root| set(text, root, &path(way), json));
        assert_ne!(with, text);
        let without = done(&with, |root| remove(&with, root, &path(way)));
        assert_eq!(without, text, "{way}");
    }
}

#[test]
fn findings_belong_to_the_innermost_field_that_holds_them() {
    let text = "{ \"cpu\": \"3\", \"containerDefinitions\": [{ \"name\": \"web\", \"cpu\": 1 }] }";
    let reading = read(text, &context());
    for (part, way) in [
        ("\"3\"", "cpu"),
        ("\"cpu\"", "cpu"),
        ("\"web\"", "containerDefinitions.0.name"),
        ("{ \"name\"", "containerDefinitions.0"),
        ("{ \"cpu\"", ""),
    ] {
        let start = text.find(part).expect("the part");
        let end = start + if part.starts_with('{') { 1 } else { part.len() };
        assert_eq!(
            path_at(reading.root(), Span::new(start, end)),
            path(way),
            "{part}"
        );
    }
}

/// Every object type of a definition, the outermost first.
fn shapes(kind: Kind, out: &mut Vec<&'static Shape>) {
    match kind {
        Kind::Struct(shape) if !out.iter().any(|known| known.name == shape.name) => {
            out.push(shape);
            shape
                .members
                .iter()
                .for_each(|member| shapes(member.kind, out));
        }
        Kind::List(inner) => shapes(*inner, out),
        _ => {}
    }
}

#[test]
fn the_form_reaches_every_member_that_fargate_has_and_no_other() {
    let mut all = Vec::new();
    shapes(Kind::Struct(root()), &mut all);
    for shape in all {
        let Fields { shown, more } = fields(shape, None, &context());
        for member in shape.members {
            let offered = on_fargate(shape, member, &context());
            let listed = shown
                .iter()
                .chain(&more)
                .filter(|listed| listed.name == member.name);
            assert_eq!(
                listed.count(),
                usize::from(offered),
                "{}.{}",
                shape.name,
                member.name
            );
        }
    }
}

/// A value that sets something.
fn filled(kind: Kind) -> String {
    let empty = super::empty(kind);
    let named = empty.replace("\"\"", "\"x\"");
    if named == "{}" {
        "{\"driver\":\"local\"}".to_owned()
    } else {
        named
    }
}

#[test]
fn what_the_form_does_not_offer_is_what_the_rules_speak_of() {
    let mut unsaid = Vec::new();
    let base = "{ \"family\": \"a\", \"cpu\": \"256\", \"memory\": \"512\", \"networkMode\": \"awsvpc\", \"requiresCompatibilities\": [\"FARGATE\"], \"volumes\": [{ \"name\": \"v\" }], \"containerDefinitions\": [{ \"name\": \"web\", \"image\": \"nginx:1\" }] }";
    for (holder, shape) in [
        ("", "RegisterTaskDefinition"),
        ("volumes.0", "Volume"),
        ("containerDefinitions.0", "ContainerDefinition"),
        ("containerDefinitions.0.linuxParameters", "LinuxParameters"),
    ] {
        let mut all = Vec::new();
        shapes(Kind::Struct(root()), &mut all);
        let shape = all
            .into_iter()
            .find(|known| known.name == shape)
            .expect("the shape");
        for member in shape
            .members
            .iter()
            .filter(|member| !on_fargate(shape, member, &context()))
        {
            if member.name == "host" {
                continue; // refused by what it holds
            }
            let mut way = path(holder);
            way.push(member.name.into());
            let text = done(base, |root| set(base, root, &way, &filled(member.kind)));
            let reading = read(&text, &context());
            let said = reading
                .findings
                .iter()
                .any(|finding| path_at(reading.root(), finding.span).starts_with(&way));
            if !said {
                unsaid.push(member.name);
            }
        }
    }
    assert_eq!(unsaid, Vec::<&str>::new());
}
