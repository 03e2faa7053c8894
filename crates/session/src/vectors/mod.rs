//! Truth tables. Of the network: a file of rows, each a topology, a connection that somebody tries to open, and what AWS does. Of
//! scheduling: see [`scheduling`].
//!
//! A row of the network is read into a [`Network`] and a [`Flow`], walked, and the outcome compared with what the row expects. What is observed
//! never looks at what is expected. The members are told in `format.md`.

mod expect;
mod flow;
mod gateways;
mod interfaces;
mod observed;
mod reader;
pub mod scheduling;
mod topology;

pub use expect::{Decided, Expect, Recorded};
pub use observed::Observed;

use fargate_core::network::{Flow, Network};
use fargate_core::text::{self, LineIndex, MAX_DEPTH, Node, Span};
use litemap::LiteMap;
use reader::At;

/// What a file says it is.
pub const FORMAT: &str = "network/scenarios@1";

/// Bytes of a file that are read.
const MAX_BYTES: usize = 64 << 20;

/// A row of a truth table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id, such as `N001`.
    pub id: String,
    /// What is tried.
    pub title: String,
    /// The topology.
    pub network: Network,
    /// The connection.
    pub flow: Flow,
    /// What AWS does; `None` where the row does not say.
    pub expect: Option<Expect>,
}

impl Row {
    /// Walks the row's connection through its network.
    pub fn observe(&self) -> Observed {
        Observed::of(&self.network.walk(&self.flow), &self.network)
    }
}

/// A row that cannot be read. The others of its file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its id, or its place in the file where it has none.
    pub id: String,
    /// What is wrong with it, where, and the cure.
    pub error: String,
}

/// The rows of a file, as far as each can be read.
#[derive(Clone, Debug)]
pub enum Table {
    /// Of the network.
    Network(Vec<Result<Row, BadRow>>),
    /// Of scheduling.
    Scheduling(Vec<Result<scheduling::Row, BadRow>>),
}

/// Reads a file of any kind: one that says no format, and whose rows have areas, is of scheduling. The error names the place and the
/// cure; a row that cannot be read stops no other.
pub fn read_table(file: &str) -> Result<Table, String> {
    if file.trim().is_empty() {
        return Err("the file is empty. Write {\"scenarios\": [row, …]}.".to_owned());
    }
    let (root, lines, flaws) = tree(file);
    let at = At::root(&root, file, &lines);
    let rows = at.some("scenarios").unwrap_or_default();
    let within = |flaw: &Flaw, row: &At<'_>| {
        let span = row.node().span;
        span.start <= flaw.span.start && flaw.span.start < span.end
    };
    // what is wrong within one row is that row's; the others are read
    let of_file = flaws
        .iter()
        .find(|flaw| !rows.iter().any(|row| within(flaw, row)));
    if let Some(flaw) = of_file {
        return Err(flaw.error.clone());
    }
    let rows = at.list("scenarios")?;
    if rows.is_empty() {
        return Err(at
            .member("scenarios")?
            .error("the list is empty. Write a row."));
    }
    let flawed = |row: &At<'_>| {
        flaws
            .iter()
            .find(|flaw| within(flaw, row))
            .map(|flaw| flaw.error.clone())
    };
    let of_scheduling = |row: &At<'_>| row.node().get("area").is_some();
    if root.get("format").is_none() && rows.iter().any(of_scheduling) {
        return Ok(Table::Scheduling(each(&rows, scheduling::row, &flawed)));
    }
    format(&at)?;
    Ok(Table::Network(each(&rows, row, &flawed)))
}

/// Reads each row by itself. Of two with the same id the later one is bad.
fn each<T>(
    rows: &[At<'_>],
    read: fn(&At<'_>) -> Result<T, String>,
    flawed: &dyn Fn(&At<'_>) -> Option<String>,
) -> Vec<Result<T, BadRow>> {
    let mut ids: LiteMap<&str, ()> = LiteMap::new();
    let one = |at: &At<'_>, id: Option<&str>, again: bool| {
        let error = match (flawed(at), again) {
            (Some(error), _) => error,
            (_, true) => at.error("another row before it has the same id. Give each its own."),
            _ => match read(at) {
                Ok(row) => return Ok(row),
                Err(error) => error,
            },
        };
        let id = id.map_or_else(|| at.way().to_owned(), str::to_owned);
        Err(BadRow { id, error })
    };
    let mut found = Vec::new();
    for at in rows {
        let id = at.node().get("id").and_then(Node::as_str);
        let again = id.is_some_and(|id| ids.insert(id, ()).is_some());
        found.push(one(at, id, again));
    }
    found
}

/// Reads a file of the network, all of whose rows have to be right. The error names the row, the member and the cure.
pub fn read(file: &str) -> Result<Vec<Row>, String> {
    match read_table(file)? {
        Table::Network(rows) => rows
            .into_iter()
            .map(|row| row.map_err(|bad| bad.error))
            .collect(),
        Table::Scheduling(_) => Err(format!(
            "the file has no format. Write \"format\": \"{FORMAT}\"."
        )),
    }
}

/// What is wrong with the text itself at a place.
struct Flaw {
    span: Span,
    error: String,
}

fn tree(file: &str) -> (Node, LineIndex, Vec<Flaw>) {
    let document = text::read_within(file, MAX_BYTES, MAX_DEPTH);
    let lines = LineIndex::new(file);
    let flaws = document.findings.iter().map(|finding| {
        let place = lines.line_column(file, finding.span.start);
        Flaw {
            span: finding.span,
            error: format!(
                "line {}, column {}: {}. Write the file as JSON.",
                place.line, place.column, finding.message
            ),
        }
    });
    let flaws = flaws.collect();
    (document.root, lines, flaws)
}

fn format(at: &At<'_>) -> Result<(), String> {
    let format = at.text("format")?;
    // the name may wear a prefix that says who wrote the file
    if !format.ends_with(FORMAT) {
        return Err(at.member("format")?.wrong(&format!("\"{FORMAT}\"")));
    }
    Ok(())
}

fn row(at: &At<'_>) -> Result<Row, String> {
    let id = at.text("id")?;
    let at = at.named(format!("row {id}"));
    let topology = at.member("topology")?;
    let network = topology::network(&topology)?;
    let flow = flow::flow(&at.member("flow")?, &network)?;
    Ok(Row {
        title: at
            .optional("title")
            .map_or(Ok(String::new()), |it| it.as_text())?,
        expect: at
            .optional("expect")
            .map(|it| expect::expect(&it))
            .transpose()?,
        id,
        network,
        flow,
    })
}
