//! Fargate's task sizes: which CPU goes with which memory, since when, and how people write both.
//!
//! Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html> and its history.

use crate::decimal::Decimal;
use crate::units::{CpuUnits, Date, MiB};

/// The page that lists the sizes.
pub const SOURCE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html";

/// One row of the table: a CPU size and the memory sizes that go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The CPU.
    pub cpu: CpuUnits,
    /// The first day on which Fargate offers it.
    pub since: Date,
    /// Whether Windows containers may have it.
    pub windows: bool,
    memories: Memories,
}

/// The memory sizes of a row, in MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Memories {
    /// These and no others.
    Listed(&'static [u32]),
    /// From the first to the second, in steps of the third.
    Stepped(u32, u32, u32),
}

const GB: u32 = 1024;

/// The day on which Fargate began, with five rows and 50 pairs.
pub const FARGATE_BEGINS: Date = Date::new(2017, 11, 29);

/// Every row, today's last. The 32 vCPU row has three memory sizes, not a range; the guide names June 2026 without a day.
const ROWS: [Row; 8] = [
    row(
        256,
        FARGATE_BEGINS,
        false,
        Memories::Listed(&[512, GB, 2 * GB]),
    ),
    row(
        512,
        FARGATE_BEGINS,
        false,
        Memories::Stepped(GB, 4 * GB, GB),
    ),
    row(
        1_024,
        FARGATE_BEGINS,
        true,
        Memories::Stepped(2 * GB, 8 * GB, GB),
    ),
    row(
        2_048,
        FARGATE_BEGINS,
        true,
        Memories::Stepped(4 * GB, 16 * GB, GB),
    ),
    row(
        4_096,
        FARGATE_BEGINS,
        true,
        Memories::Stepped(8 * GB, 30 * GB, GB),
    ),
    row(
        8_192,
        Date::new(2022, 9, 16),
        false,
        Memories::Stepped(16 * GB, 60 * GB, 4 * GB),
    ),
    row(
        16_384,
        Date::new(2022, 9, 16),
        false,
        Memories::Stepped(32 * GB, 120 * GB, 8 * GB),
    ),
    row(
        32_768,
        Date::new(2026, 6, 1),
        false,
        Memories::Listed(&[60 * GB, 120 * GB, 244 * GB]),
    ),
];

const fn row(cpu: u32, since: Date, windows: bool, memories: Memories) -> Row {
    Row {
        cpu: CpuUnits(cpu),
        since,
        windows,
        memories,
    }
}

impl Row {
    /// The memory sizes, the smallest first.
    pub fn memories(self) -> impl Iterator<Item = MiB> {
        let (listed, stepped): (&[u32], _) = match self.memories {
            Memories::Listed(sizes) => (sizes, None),
            Memories::Stepped(first, last, step) => {
                (&[], Some((first..=last).step_by(step as usize)))
            }
        };
        let listed = listed.iter().copied();
        listed.chain(stepped.into_iter().flatten()).map(MiB)
    }

    /// Whether the row has this memory.
    pub fn has(self, memory: MiB) -> bool {
        self.memories().any(|size| size == memory)
    }
}

/// The rows that Fargate offers on a day; none before it began.
pub fn rows(as_of: Date, windows: bool) -> impl Iterator<Item = Row> {
    ROWS.into_iter()
        .filter(move |row| row.since <= as_of && (row.windows || !windows))
}

/// Whether Fargate offers a pair on a day.
pub fn offers(cpu: CpuUnits, memory: MiB, as_of: Date, windows: bool) -> bool {
    rows(as_of, windows).any(|row| row.cpu == cpu && row.has(memory))
}

/// The offered pairs nearest to one that is not offered: first the same CPU with the memory that is nearest (of two,
/// the larger), then the same memory with the nearest CPU, else the smallest pair that holds both. At most three.
pub fn nearest(cpu: CpuUnits, memory: MiB, as_of: Date, windows: bool) -> Vec<(CpuUnits, MiB)> {
    let distance = |a: u32, b: u32| (a.abs_diff(b), std::cmp::Reverse(a));
    let rows = || rows(as_of, windows);
    let same_cpu = rows().find(|row| row.cpu == cpu);
    let same_cpu = same_cpu
        .and_then(|row| row.memories().min_by_key(|size| distance(size.0, memory.0)))
        .map(|size| (cpu, size));
    let same_memory = rows()
        .filter(|row| row.has(memory))
        .min_by_key(|row| distance(row.cpu.0, cpu.0))
        .map(|row| (row.cpu, memory));
    let holds_both = rows()
        .filter(|row| row.cpu >= cpu)
        .find_map(|row| Some((row.cpu, row.memories().find(|&size| size >= memory)?)));
    let largest = || Some((rows().last()?.cpu, rows().last()?.memories().last()?));
    let mut pairs = Vec::new();
    for pair in [same_cpu, same_memory, holds_both.or_else(largest)] {
        pairs.extend(pair.filter(|pair| !pairs.contains(pair)));
    }
    pairs
}

/// Reads a task's `cpu`: `1024`, `1 vCPU`, `.25 vcpu`. `None` where AWS calls it invalid.
///
/// `0.25 vCPU` is not established; it is accepted here. A point without the unit is refused.
pub fn parse_cpu(text: &str) -> Option<CpuUnits> {
    parse(text, "vcpu").map(CpuUnits)
}

/// Reads a task's `memory`: `2048`, `2 GB`, `0.5gb`; a GB is 1,024 MiB. `None` where AWS calls it invalid.
///
/// `512MB` and `1G` are not established; they are refused here.
pub fn parse_memory(text: &str) -> Option<MiB> {
    parse(text, "gb").map(MiB)
}

/// The number before a unit of 1,024, or the number alone.
fn parse(text: &str, unit: &str) -> Option<u32> {
    let text = text.trim();
    let split = text.len().checked_sub(unit.len());
    let with_unit = split
        .and_then(|at| Some((text.get(..at)?, text.get(at..)?)))
        .filter(|(_, end)| end.eq_ignore_ascii_case(unit));
    let Some((number, _)) = with_unit else {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        return digits.then(|| text.parse().ok()).flatten();
    };
    let number = number.trim_end();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_empty() || number.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    // In whole numbers: what follows the ninth decimal is less than a unit can tell.
    let decimals = fraction.get(..9).unwrap_or(fraction);
    let scale = 10_u64.pow(decimals.len() as u32);
    let number = |part: &str| {
        if part.is_empty() {
            Ok(0)
        } else {
            part.parse::<u64>()
        }
    };
    let whole = number(whole).ok()?.checked_mul(1_024)?;
    let part = (number(decimals).ok()? * 1_024 + scale / 2) / scale;
    u32::try_from(whole.checked_add(part)?).ok()
}

/// CPU as people say it: `0.25 vCPU`.
pub fn cpu_text(cpu: CpuUnits) -> String {
    format!("{} vCPU", Decimal::of(f64::from(cpu.0) / 1_024.0))
}

/// Memory as people say it: `512 MB` below a GB, else `2 GB`.
pub fn memory_text(memory: MiB) -> String {
    if memory.0 < GB {
        format!("{} MB", memory.0)
    } else {
        format!("{} GB", Decimal::of(f64::from(memory.0) / 1_024.0))
    }
}
