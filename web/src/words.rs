//! Words and numbers as the page writes them: thousands commas, units, plurals.

/// `1 problem`, `3 problems`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number as u64))
}

/// `1,024`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_and_nouns_their_plural() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_024, "1,024"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
        for (number, text) in [
            (0, "0 problems"),
            (1, "1 problem"),
            (2_048, "2,048 problems"),
        ] {
            assert_eq!(count(number, "problem"), text);
        }
    }
}
