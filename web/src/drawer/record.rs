//! A record of VPC Flow Logs as a row: its members, what stays the same of it while its window is open, and which are looked for.

use fargate_core::ids::NetworkInterfaceId;
use fargate_session::flow_logs::FIELDS;

/// The place of the member `interface-id`.
pub const INTERFACE: usize = 2;
/// The place of `action`.
pub const ACTION: usize = 12;
/// The members that change while a record's window is open: `packets`, `bytes` and `end`.
pub const GROWING: [usize; 3] = [8, 9, 11];

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    fields: Vec<String>,
}

impl Record {
    /// Reads a line of the default format; `None` where it is none.
    pub fn read(line: &str) -> Option<Self> {
        let fields: Vec<String> = line.split(' ').map(str::to_owned).collect();
        (fields.len() == FIELDS.len()).then_some(Self { fields })
    }

    /// A member by its place in [`FIELDS`]; empty where there is none.
    pub fn field(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", String::as_str)
    }

    /// What tells it from the others, as long as its window is open.
    pub fn key(&self) -> String {
        let lasting = self.fields.iter().enumerate();
        let lasting = lasting.filter(|(place, _)| !GROWING.contains(place));
        let lasting: Vec<&str> = lasting.map(|(_, field)| field.as_str()).collect();
        lasting.join(" ")
    }

    /// The interface it was recorded at.
    pub fn interface(&self) -> NetworkInterfaceId {
        self.field(INTERFACE).into()
    }

    /// Whether the traffic was not let through.
    pub fn is_rejected(&self) -> bool {
        self.field(ACTION) == "REJECT"
    }

    /// Whether each of the words, in small letters, is a part of some member.
    fn has(&self, words: &[String]) -> bool {
        words.iter().all(|word| {
            let mut fields = self.fields.iter();
            fields.any(|field| field.to_ascii_lowercase().contains(word))
        })
    }
}

/// The records that have every word of a filter, the newest first.
pub fn found<'a>(records: &'a [Record], filter: &str) -> Vec<&'a Record> {
    let words: Vec<String> = filter
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    let found = records.iter().rev().filter(|record| record.has(&words));
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 4] = [
        "2 123456789012 eni-0a 203.0.113.9 10.0.1.10 49152 8080 6 6 840 1700000000 1700000060 ACCEPT OK",
        "2 123456789012 eni-0a 10.0.1.10 203.0.113.9 8080 49152 6 5 1560 1700000000 1700000060 ACCEPT OK",
        "2 123456789012 eni-0b - - - - - - - 1700000000 1700000060 - NODATA",
        "2 123456789012 eni-0a 203.0.113.9 10.0.1.10 49152 8080 6 3 180 1700000060 1700000070 REJECT OK",
    ];

    fn records() -> Vec<Record> {
        LINES.iter().filter_map(|line| Record::read(line)).collect()
    }

    #[test]
    fn a_filter_finds_addresses_interfaces_and_actions() {
        for (filter, places) in [
            ("", vec![3, 2, 1, 0]),
            ("  ", vec![3, 2, 1, 0]),
            ("reject", vec![3]),
            ("ACCEPT 1560", vec![1]),
            ("eni-0b", vec![2]),
            ("203.0.113.9 accept", vec![1, 0]),
            ("nodata", vec![2]),
            ("192.0.2.1", vec![]),
        ] {
            let all = records();
            let lines: Vec<String> = found(&all, filter)
                .iter()
                .map(|record| record.fields.join(" "))
                .collect();
            let wanted: Vec<&str> = places
                .into_iter()
                .map(|place: usize| LINES[place])
                .collect();
            assert_eq!(lines, wanted, "{filter:?}");
        }
    }

    #[test]
    fn a_record_stays_the_same_row_while_its_window_is_open() {
        let later = LINES[3].replace(" 3 180 ", " 9 540 ").replace("070", "120");
        let later = Record::read(&later).map(|record| record.key());
        let all = records();
        assert_eq!(later, all.last().map(Record::key));
        assert_ne!(all[0].key(), all[3].key());
    }

    #[test]
    fn what_is_no_record_is_none() {
        assert_eq!(Record::read("2 123456789012 eni-0a"), None);
    }
}
