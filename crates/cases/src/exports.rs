//! The cases as a browser's script calls them.

use crate::{Case, cases};
use std::cell::RefCell;

thread_local! {
    static CASES: RefCell<Vec<Case>> = const { RefCell::new(Vec::new()) };
}

/// Makes the cases; gives how many there are.
#[expect(unreachable_pub, reason = "a script calls it, by its name in the wasm")]
#[unsafe(no_mangle)]
pub extern "C" fn prepare() -> u32 {
    CASES.with_borrow_mut(|all| {
        *all = cases();
        all.len() as u32
    })
}

/// Asks a case, by its place, so many times, from a turn on.
#[expect(unreachable_pub, reason = "a script calls it, by its name in the wasm")]
#[unsafe(no_mangle)]
pub extern "C" fn ask(place: u32, turn: u32, times: u32) {
    CASES.with_borrow_mut(|all| {
        if let Some(case) = all.get_mut(place as usize) {
            for turn in turn..turn + times {
                case.ask(turn);
            }
        }
    });
}
