//! The colours and patterns of containers, by their place in the definition. A fourth container reuses the first's.

const CLASS: [&str; 3] = ["c1", "c2", "c3"];
const GUESS: [&str; 3] = ["guess c1", "guess c2", "guess c3"];
const FILL: [&str; 3] = ["fill-c1", "fill-c2", "fill-c3"];
const SOFT: [&str; 3] = ["soft-c1", "soft-c2", "soft-c3"];
const ON: [&str; 3] = ["lbl m on-c1", "lbl m on-c2", "lbl m on-c3"];
const TEXT: [&str; 3] = ["lbl m c1-t", "lbl m c2-t", "lbl m c3-t"];
const BORROWED: [&str; 3] = ["url(#p-borrow)", "url(#p-borrow2)", "url(#p-borrow3)"];
const LENT: [&str; 3] = ["url(#p-lend1)", "url(#p-lend)", "url(#p-lend3)"];
const WAITS: [&str; 3] = ["url(#p-wait)", "url(#p-wait2)", "url(#p-wait3)"];
const COLOUR: [&str; 3] = ["var(--c1)", "var(--c2)", "var(--c3)"];

/// `c1`.
pub fn class(place: usize) -> &'static str {
    CLASS[place % 3]
}

/// The class of the knob that marks what is expected.
pub fn guess(place: usize) -> &'static str {
    GUESS[place % 3]
}

/// The class that fills with the colour.
pub fn fill(place: usize) -> &'static str {
    FILL[place % 3]
}

/// The class that fills with its soft shade.
pub fn soft(place: usize) -> &'static str {
    SOFT[place % 3]
}

/// The class of text on the colour.
pub fn on(place: usize) -> &'static str {
    ON[place % 3]
}

/// The class of text in the colour.
pub fn text(place: usize) -> &'static str {
    TEXT[place % 3]
}

/// The stripes of what it borrows.
pub fn borrowed(place: usize) -> &'static str {
    BORROWED[place % 3]
}

/// The stripes of what it lends.
pub fn lent(place: usize) -> &'static str {
    LENT[place % 3]
}

/// The hatch of what it waits for.
pub fn waits(place: usize) -> &'static str {
    WAITS[place % 3]
}

/// The colour itself.
pub fn colour(place: usize) -> &'static str {
    COLOUR[place % 3]
}
