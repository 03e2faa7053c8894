//! 19. Rubbish in the fields of every form: each is refused beside the field, stays as it was typed, changes nothing and breaks nothing.

use crate::networks::{template, unfold};
use crate::steps::{editor, left, network};
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

/// A form: its section, the button that opens it, its name, its button, what is ticked in it, and its fields.
struct Row {
    section: &'static str,
    opens: &'static str,
    form: &'static str,
    sends: &'static str,
    ticks: &'static [&'static str],
    fields: &'static [Field],
}

/// A field: its name, what is right in it, and what it refuses. Where nothing is said to be right, it has that already.
struct Field(&'static str, Option<&'static str>, &'static [&'static str]);

/// Sections that are always open.
const OPEN: [&str; 3] = ["VPC", "Subnets", "Security groups"];

/// Each is sent as it is right at its end, so that rubbish alone was refused; what it makes the next ones stand on.
const FORMS: &[Row] = &[
    Row {
        section: "Subnets",
        opens: "Add subnet",
        form: "Add subnet",
        sends: "Create subnet",
        ticks: &[],
        fields: &[
            Field("Addresses", None, RUBBISH),
            Field("Name", Some("Private c"), TOO_LONG),
        ],
    },
    Row {
        section: "Security groups",
        opens: "Add group",
        form: "Add security group",
        sends: "Create group",
        ticks: &[],
        fields: &[
            Field("Name", Some("front"), &["", LONG]),
            Field("Description", Some("Lets HTTP in"), &["", "💥🦀", LONG]),
        ],
    },
    Row {
        section: "Security groups",
        opens: "Add rule",
        form: "Add rule: ",
        sends: "Add rule",
        ticks: &[],
        fields: &[Field("Port", Some("443"), NO_PORT)],
    },
    Row {
        section: "Route tables",
        opens: "Add route table",
        form: "Add route table",
        sends: "Create route table",
        ticks: &[],
        fields: &[Field("Name", Some("More"), TOO_LONG)],
    },
    Row {
        section: "Network ACLs",
        opens: "Add entry: ",
        form: "Add entry: ",
        sends: "Add entry",
        ticks: &[],
        fields: &[
            Field("Number", Some("90"), &["-1", "65536", "abc", "💥🦀", LONG]),
            Field("Ports", Some("443"), NO_PORT),
            Field("From or to", Some("198.51.100.0/24"), RUBBISH),
        ],
    },
    Row {
        section: "Prefix lists",
        opens: "Add prefix list",
        form: "Add prefix list",
        sends: "Create prefix list",
        ticks: &[],
        fields: &[
            Field("Name", Some("offices"), TOO_LONG),
            Field(
                "Blocks, with commas between",
                Some("198.51.100.0/24"),
                RUBBISH,
            ),
            Field(
                "Most entries; each rule with the list counts as so many",
                Some("5"),
                &["-1", "0", "65536", "abc", "💥🦀", LONG],
            ),
        ],
    },
    Row {
        section: "Endpoints",
        opens: "Add endpoint",
        form: "Add endpoint",
        sends: "Create endpoint",
        ticks: &["Private a", "Private DNS"],
        fields: &[Field(
            "Policy (JSON); everything is let through where absent",
            Some(""),
            RUBBISH,
        )],
    },
    Row {
        section: "Instances",
        opens: "Run instance",
        form: "Run instance",
        sends: "Run instance",
        ticks: &[],
        fields: &[
            Field("Private address", Some(""), RUBBISH),
            Field("How many", None, &["-1", "abc", "💥🦀", LONG]),
        ],
    },
    Row {
        section: "Load balancers",
        opens: "Add target group",
        form: "Add target group",
        sends: "Create target group",
        ticks: &[],
        fields: &[
            Field("Name", None, &["-1", "💥🦀", "\u{202e}برمجة", LONG]),
            Field("Port", None, NO_PORT),
            Field("Health check path", None, RUBBISH),
            Field(
                "Check every, in seconds",
                None,
                &["-1", "0", "65536", "abc", "💥🦀", LONG],
            ),
        ],
    },
    Row {
        section: "Load balancers",
        opens: "Register target: web",
        form: "Register target: ",
        sends: "Register",
        ticks: &[],
        fields: &[Field("Port", Some(""), NO_PORT)],
    },
    Row {
        section: "Load balancers",
        opens: "Change deregistration delay: web",
        form: "Change deregistration delay: ",
        sends: "Change",
        ticks: &[],
        fields: &[Field(
            "Seconds that a target keeps its connections",
            Some("60"),
            NO_PORT,
        )],
    },
    Row {
        section: "Load balancers",
        opens: "Add load balancer",
        form: "Add load balancer",
        sends: "Create load balancer",
        ticks: &["Private a", "Private b"],
        fields: &[Field(
            "Name",
            Some("shop"),
            &[
                "",
                "-1",
                "💥🦀",
                "\u{202e}برمجة",
                "<img src=x onerror=alert(1)>",
                LONG,
            ],
        )],
    },
    Row {
        section: "Load balancers",
        opens: "Add listener: shop",
        form: "Add listener: ",
        sends: "Create listener",
        ticks: &[],
        fields: &[Field("Port", None, NO_PORT)],
    },
    Row {
        section: "Load balancers",
        opens: "Change idle timeout: shop",
        form: "Change idle timeout: ",
        sends: "Change",
        ticks: &[],
        fields: &[Field(
            "Seconds that an idle connection lasts",
            Some("90"),
            &["", "-1", "0", "65536", "abc", "💥🦀", LONG],
        )],
    },
    Row {
        section: "Databases",
        opens: "Add DB subnet group",
        form: "Add DB subnet group",
        sends: "Create DB subnet group",
        ticks: &["Private a", "Private b"],
        fields: &[Field(
            "Name",
            None,
            &["💥🦀", "<img src=x onerror=alert(1)>", LONG],
        )],
    },
    Row {
        section: "Databases",
        opens: "Add database",
        form: "Add database",
        sends: "Create database",
        ticks: &[],
        fields: &[
            Field(
                "Identifier",
                None,
                &[
                    "999.0.0.0/40",
                    "-1",
                    "65536",
                    "💥🦀",
                    "\u{202e}برمجة",
                    "<img src=x onerror=alert(1)>",
                    LONG,
                ],
            ),
            Field("Class", None, RUBBISH),
            Field("Port", Some(""), NO_PORT),
        ],
    },
    Row {
        section: "File systems",
        opens: "Add file system",
        form: "Add file system",
        sends: "Create file system",
        ticks: &[],
        fields: &[Field("Name", Some("shared"), TOO_LONG)],
    },
    Row {
        section: "File systems",
        opens: "Add mount target: shared",
        form: "Add mount target: ",
        sends: "Create mount target",
        ticks: &[],
        fields: &[Field("Address", Some(""), RUBBISH)],
    },
    Row {
        section: "Private zones",
        opens: "Add private zone",
        form: "Add private zone",
        sends: "Create private zone",
        ticks: &[],
        fields: &[Field("Domain name", None, &["💥🦀", "\u{202e}برمجة", LONG])],
    },
    Row {
        section: "Private zones",
        opens: "Put record: ",
        form: "Put record: ",
        sends: "Put record",
        ticks: &[],
        fields: &[
            Field("Name", None, RUBBISH),
            Field("Addresses, with commas between", Some("10.0.1.7"), RUBBISH),
        ],
    },
    Row {
        section: "Internet hosts",
        opens: "Add host",
        form: "Add host",
        sends: "Put host",
        ticks: &[],
        fields: &[
            Field("Name", Some("partner"), &["", LONG]),
            Field("Address", Some("203.0.113.50"), RUBBISH),
            Field(
                "DNS names, with commas between",
                Some("api.partner.example"),
                &["999.0.0.0/40", "💥🦀", LONG],
            ),
        ],
    },
    Row {
        section: "Internet hosts",
        opens: "Change host: ",
        form: "Change host: ",
        sends: "Change host",
        ticks: &[],
        fields: &[
            Field("Address", None, RUBBISH),
            Field(
                "DNS names, with commas between",
                None,
                &["999.0.0.0/40", "💥🦀", LONG],
            ),
        ],
    },
    Row {
        section: "VPC",
        opens: "New VPC",
        form: "New VPC",
        sends: "Create VPC",
        ticks: &[],
        fields: &[
            Field("Addresses", None, RUBBISH),
            Field("Name", Some("other"), TOO_LONG),
        ],
    },
];

/// The forms of services, which run what is chosen in the run form.
const SERVICES: &[Row] = &[
    Row {
        section: "Services",
        opens: "Add service",
        form: "Create service",
        sends: "Create service",
        ticks: &[],
        fields: &[
            Field(
                "Service name",
                None,
                &[
                    "",
                    "💥🦀",
                    "\u{202e}برمجة",
                    "my shop",
                    "<img src=x onerror=alert(1)>",
                    LONG,
                ],
            ),
            Field(
                "Desired count, 0 to 5,000",
                None,
                &["-1", "65536", "5001", "abc", "💥🦀", "\u{202e}برمجة", LONG],
            ),
        ],
    },
    Row {
        section: "Services",
        opens: "",
        form: "Scale service web",
        sends: "Scale",
        ticks: &[],
        fields: &[Field(
            "Desired count",
            Some("1"),
            &["-1", "65536", "5001", "abc", "💥🦀", "\u{202e}برمجة", LONG],
        )],
    },
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

/// Fills a form with rubbish, field after field, then with what is right.
async fn refuses(page: &Page, part: &Thing<'_>, row: &Row) {
    let long = "x".repeat(10_000);
    if !row.opens.is_empty() {
        part.button(starting(row.opens)).first().click().await;
    }
    let form = part.the("form", starting(row.form));
    for name in row.ticks {
        form.the("checkbox", starting(name)).first().click().await;
    }
    let before = page.button(starting("Undo")).name().await;
    // what the other fields must have does not hide what this one refuses
    for Field(name, right, _) in row.fields {
        if let Some(right) = right {
            fill(page, &form.the("textbox", *name), right).await;
        }
    }
    for Field(name, _, texts) in row.fields {
        let field = form.the("textbox", *name);
        let own = field.value().await;
        for text in *texts {
            let what = format!("'{text}' as {name} of {form}");
            let text = if *text == LONG { long.as_str() } else { text };
            fill(page, &field, text).await;
            form.button(row.sends).click().await;
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
        fill(page, &field, &own).await;
    }
    form.button(row.sends).click().await;
    page.wait_until(&format!("{form} is accepted as it is right"), async || {
        page.button(starting("Undo")).name().await != before
    })
    .await;
}

#[tokio::test]
async fn rubbish_in_any_form_is_refused_beside_it_and_stays_typed() {
    let page = editor().await;
    template(&page, "Private tasks behind NAT").await;
    page.button("Pause").click().await;
    let panel = network(&page).await;
    let mut unfolded = Vec::new();
    for row in FORMS {
        let part = if OPEN.contains(&row.section) || unfolded.contains(&row.section) {
            panel.the("region", row.section)
        } else {
            unfolded.push(row.section);
            unfold(&panel, row.section).await
        };
        refuses(&page, &part, row).await;
        part.the("form", starting(row.form)).gone().await;
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn rubbish_in_the_forms_of_services_is_refused_beside_it_and_stays_typed() {
    let page = editor().await;
    page.button("Pause").click().await;
    let section = left(&page).the("region", "Services");
    section.button("Services").click().await;
    for row in SERVICES {
        refuses(&page, &section, row).await;
    }
    page.ends_quietly().await;
}
