//! What keys do to a slider: steps of 1 % and 10 %, the ends, and digits that type a value.

/// A value that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(String);

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Show this value; it is sent once the person pauses.
    Show(u32),
    /// Send what is shown.
    Send,
    /// Go back to what was before.
    Back,
}

/// What a key asks for, with the value shown, the task's size (a hundred per cent) and the slider's end.
pub fn key(
    key: &str,
    shift: bool,
    now: u32,
    size: u32,
    end: u32,
    typed: &mut Typed,
) -> Option<Asked> {
    let step = (if shift { size / 10 } else { size / 100 }).max(1);
    if let Some(digit) = key
        .chars()
        .next()
        .filter(|c| key.len() == 1 && c.is_ascii_digit())
    {
        if typed.0.len() < 6 {
            typed.0.push(digit);
        }
        return Some(Asked::Show(typed.0.parse().unwrap_or(end).min(end)));
    }
    if key == "Backspace" && !typed.0.is_empty() {
        typed.0.pop();
        return Some(Asked::Show(typed.0.parse().unwrap_or(0).min(end)));
    }
    typed.0.clear();
    match key {
        "ArrowRight" | "ArrowUp" => Some(Asked::Show((now + step).min(end))),
        "ArrowLeft" | "ArrowDown" => Some(Asked::Show(now.saturating_sub(step))),
        "PageUp" => Some(Asked::Show((now + size / 10).min(end))),
        "PageDown" => Some(Asked::Show(now.saturating_sub(size / 10))),
        "Home" => Some(Asked::Show(0)),
        "End" => Some(Asked::Show(end)),
        "Enter" => Some(Asked::Send),
        "Escape" => Some(Asked::Back),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_step_and_the_ends_are_kept() {
        for (pressed, shift, now, expected) in [
            ("ArrowRight", false, 700, Some(Asked::Show(710))),
            ("ArrowDown", false, 700, Some(Asked::Show(690))),
            ("ArrowRight", true, 700, Some(Asked::Show(802))),
            ("ArrowLeft", true, 50, Some(Asked::Show(0))),
            ("PageUp", false, 1_200, Some(Asked::Show(1_228))),
            ("Home", false, 700, Some(Asked::Show(0))),
            ("End", false, 700, Some(Asked::Show(1_228))),
            ("Enter", false, 700, Some(Asked::Send)),
            ("Escape", false, 700, Some(Asked::Back)),
            ("a", false, 700, None),
            ("Tab", false, 700, None),
        ] {
            let asked = key(pressed, shift, now, 1_024, 1_228, &mut Typed::default());
            assert_eq!(asked, expected, "{pressed} at {now}");
        }
    }

    #[test]
    fn digits_type_a_value() {
        let mut typed = Typed::default();
        let mut press = |pressed| key(pressed, false, 100, 1_024, 1_228, &mut typed);
        assert_eq!(press("7"), Some(Asked::Show(7)));
        assert_eq!(press("0"), Some(Asked::Show(70)));
        assert_eq!(press("0"), Some(Asked::Show(700)));
        assert_eq!(press("0"), Some(Asked::Show(1_228)));
        assert_eq!(press("Backspace"), Some(Asked::Show(700)));
        assert_eq!(press("ArrowRight"), Some(Asked::Show(110)));
        assert_eq!(press("5"), Some(Asked::Show(5)), "an arrow begins anew");
    }
}
