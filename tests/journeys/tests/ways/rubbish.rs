//! 19. Rubbish in the fields of every form: each is refused beside the field, stays as it was typed, changes nothing and breaks nothing.

use crate::networks::{template, unfold};
use crate::steps::{editor, network};
use fargate_journeys::{Key, Name, Page, Thing, starting};

/// What no field but a name takes.
const RUBBISH: &[&str] = &[
    "999.0.0.0/40",
    "-1",
    "65536",
    "abc",
    "💥🦀",
    "\u{202e}برمجة שלום",
    "<img src=x onerror=alert(1)>",
    LONG,
];
/// What is no number either way; `-1` and `65536` are no port.
const NO_PORT: &[&str] = &["-1", "65536", "abc", "💥🦀", "\u{202e}برمجة", LONG];
/// A name may be of any letters, and of 256.
const TOO_LONG: &[&str] = &[LONG];
/// Stands for ten thousand characters.
const LONG: &str = "ten thousand";

/// A form: its section, the button that opens it, its name, its button, and its fields with what they refuse.
struct Row(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static [&'static str])],
);

/// Sections that are always open.
const OPEN: [&str; 3] = ["VPC", "Subnets", "Security groups"];

const FORMS: &[Row] = &[
    Row(
        "VPC",
        "New VPC",
        "New VPC",
        "Create VPC",
        &[("Addresses", RUBBISH), ("Name", TOO_LONG)],
    ),
    Row(
        "Subnets",
        "Add subnet",
        "Add subnet",
        "Create subnet",
        &[("Addresses", RUBBISH), ("Name", TOO_LONG)],
    ),
    Row(
        "Security groups",
        "Add group",
        "Add security group",
        "Create group",
        &[("Description", &["", "💥🦀", LONG])],
    ),
    Row(
        "Route tables",
        "Add route table",
        "Add route table",
        "Create route table",
        &[("Name", TOO_LONG)],
    ),
    Row(
        "Network ACLs",
        "Add entry: ",
        "Add entry",
        "Add entry",
        &[
            ("Number", &["-1", "65536", "abc", "💥🦀", LONG]),
            ("Ports", NO_PORT),
            ("From or to", RUBBISH),
        ],
    ),
    Row(
        "Prefix lists",
        "Add prefix list",
        "Add prefix list",
        "Create prefix list",
        &[("Name", TOO_LONG), ("Blocks, with commas between", RUBBISH)],
    ),
    Row(
        "Instances",
        "Run instance",
        "Run instance",
        "Run instance",
        &[
            ("Private address", RUBBISH),
            ("How many", &["-1", "abc", "💥🦀", LONG]),
        ],
    ),
    Row(
        "Load balancers",
        "Add target group",
        "Add target group",
        "Create target group",
        &[
            ("Name", &["-1", "💥🦀", "\u{202e}برمجة", LONG]),
            ("Port", NO_PORT),
            ("Health check path", RUBBISH),
            (
                "Check every, in seconds",
                &["-1", "0", "65536", "abc", "💥🦀", LONG],
            ),
        ],
    ),
    Row(
        "Databases",
        "Add DB subnet group",
        "Add DB subnet group",
        "Create DB subnet group",
        &[("Name", &["💥🦀", "<img src=x onerror=alert(1)>", LONG])],
    ),
    Row(
        "Private zones",
        "Add private zone",
        "Add private zone",
        "Create private zone",
        &[("Domain name", &["💥🦀", "\u{202e}برمجة", LONG])],
    ),
    Row(
        "Internet hosts",
        "Add host",
        "Add host",
        "Put host",
        &[("Address", RUBBISH)],
    ),
    Row(
        "Internet hosts",
        "Change host: ",
        "Change host",
        "Change host",
        &[
            ("Address", RUBBISH),
            (
                "DNS names, with commas between",
                &["999.0.0.0/40", "💥🦀", LONG],
            ),
        ],
    ),
];

/// Puts a text in the place of a field's own.
async fn fill(page: &Page, field: &Thing<'_>, text: &str) {
    field.click().await;
    page.chord(&[Key::Control], 'a').await;
    if text.is_empty() {
        page.press(Key::Delete).await;
    } else {
        page.paste(text).await;
    }
}

#[tokio::test]
async fn rubbish_in_any_form_is_refused_beside_it_and_stays_typed() {
    let page = editor().await;
    template(&page, "Private tasks behind NAT").await;
    page.button("Pause").click().await;
    let panel = network(&page).await;
    let before = page.button(starting("Undo")).name().await;
    let long = "x".repeat(10_000);
    let mut unfolded = Vec::new();
    for Row(section, opens, form, sends, fields) in FORMS {
        let part = if OPEN.contains(section) || unfolded.contains(section) {
            panel.the("region", *section)
        } else {
            unfolded.push(section);
            unfold(&panel, section).await
        };
        part.button(starting(opens)).first().click().await;
        let form = part.the("form", *form);
        for (name, texts) in *fields {
            let field = form.the("textbox", *name);
            let own = field.value().await;
            for text in *texts {
                let what = format!("'{text}' as {name} of {form}");
                let text = if *text == LONG { long.as_str() } else { text };
                fill(&page, &field, text).await;
                form.button(*sends).click().await;
                page.wait_until(&format!("{what} is refused"), async || {
                    form.count().await == 1 && {
                        let alerts = form.the("alert", Name::Any);
                        let mut said = false;
                        for place in 0..alerts.count().await {
                            said |= !alerts.clone().nth(place).text().await.trim().is_empty();
                        }
                        said
                    }
                })
                .await;
                assert_eq!(field.value().await, text, "{what} stays");
                assert_eq!(page.button(starting("Undo")).name().await, before, "{what}");
            }
            let misprints = page.misprints().await;
            assert!(misprints.is_empty(), "{name} of {form}: {misprints:?}");
            fill(&page, &field, &own).await;
        }
        form.button("Cancel").click().await;
        form.gone().await;
    }
    page.ends_quietly().await;
}
