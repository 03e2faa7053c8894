//! When the program itself fails: `public/stopped.js` keeps the page's last moment and offers a way on. It hears of the fault as
//! an uncaught error, so nothing of the failed program is needed.

/// In a debug build, says in the browser's console where the program failed. A release build has no texts for it.
pub fn install() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}
