//! What the journeys share: a real browser, and the page as a person meets it, by roles and names.
//!
//! Things are found in the tree that the browser gives to screen readers, so a thing without a role or a name cannot be
//! found at all. Everything waits for what it wants, with generous limits; nothing sleeps for a fixed time.
#![allow(
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "this package is a test's other half: its panics are the tests' failures"
)]

pub mod accessibility;
mod driver;
mod hand;
pub mod layout;
mod measure;
mod name;
mod page;
pub mod quiet;
mod thing;
mod typing;
mod waiting;

pub use measure::{Asked, Took};
pub use name::{Name, containing, ending, starting};
pub use page::{Page, Screen};
pub use thing::Thing;
pub use thirtyfour::Key;
pub use typing::{Keystroke, type_in_ten_containers};
pub use waiting::{LIMIT, eventually};
