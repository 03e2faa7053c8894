//! Containers of every network mode, on an EC2 instance or on Fargate, as a table of who reaches whom, in words.
//!
//! A panel holds a [`Sheet`], as a person types it, and asks for its card anew with each change; nothing of it is saved in a scenario.

mod ask;
mod card;
mod cases;
mod definition;
mod sheet;

pub use ask::Ask;
pub use card::{ModesCard, ModesCell, ModesContainer, ModesRow, ModesTask, Trouble};
pub use cases::{Case, cases};
pub use sheet::{Place, Sheet, SheetContainer, SheetTask};
