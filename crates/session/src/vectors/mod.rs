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
use fargate_core::text::{self, LineIndex, MAX_DEPTH, Node};
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

/// The rows of a file.
#[derive(Clone, Debug)]
pub enum Table {
    /// Of the network.
    Network(Vec<Row>),
    /// Of scheduling.
    Scheduling(Vec<scheduling::Row>),
}

/// Reads a file of any kind: one that says no format, and whose rows have areas, is of scheduling. The error names the row, the
/// member and the cure.
pub fn read_table(file: &str) -> Result<Table, String> {
    let (root, lines) = tree(file)?;
    let rows = root.get("scenarios").map_or(&[][..], Node::items);
    if root.get("format").is_none() && rows.iter().any(|row| row.get("area").is_some()) {
        let rows = scheduling::rows(&root, file, &lines)?;
        distinct(rows.iter().map(|row| row.id.as_str()))?;
        return Ok(Table::Scheduling(rows));
    }
    of_network(&root, file, &lines).map(Table::Network)
}

/// Reads a file of the network. The error names the row, the member and the cure.
pub fn read(file: &str) -> Result<Vec<Row>, String> {
    let (root, lines) = tree(file)?;
    of_network(&root, file, &lines)
}

fn tree(file: &str) -> Result<(Node, LineIndex), String> {
    let document = text::read_within(file, MAX_BYTES, MAX_DEPTH);
    let lines = LineIndex::new(file);
    match document.findings.first() {
        None => Ok((document.root, lines)),
        Some(finding) => {
            let place = lines.line_column(file, finding.span.start);
            Err(format!(
                "line {}, column {}: {}. Write the file as JSON.",
                place.line, place.column, finding.message
            ))
        }
    }
}

fn of_network(root: &Node, file: &str, lines: &LineIndex) -> Result<Vec<Row>, String> {
    let root = At::root(root, file, lines);
    let format = root.text("format")?;
    // the name may wear a prefix that says who wrote the file
    if !format.ends_with(FORMAT) {
        return Err(root.member("format")?.wrong(&format!("\"{FORMAT}\"")));
    }
    let rows: Vec<Row> = root
        .list("scenarios")?
        .iter()
        .map(row)
        .collect::<Result<_, _>>()?;
    distinct(rows.iter().map(|row| row.id.as_str()))?;
    Ok(rows)
}

fn distinct<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| matches!(pair, [a, b] if a == b)) {
        Some([twice, _]) => Err(format!("Two rows have the id {twice}. Give each its own.")),
        _ => Ok(()),
    }
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
