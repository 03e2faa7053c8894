//! Makes the built page run nothing but its own files: the inline start script that Trunk writes moves to a file, and a
//! Content-Security-Policy says so. Only the built site gets it: live reload in `serve` needs an inline script.

use std::fs;
use std::path::Path;

use crate::process::{Result, at};

/// One directive a line; `#` starts a comment.
const POLICY: &str = include_str!("../data/content-security-policy.txt");
/// What Trunk's inline script starts with.
const INLINE_START: &str = "<script type=\"module\">";
/// What stands in its place, before the name.
const START_FILE: &str = "<script type=\"module\" src=\"./";
const SCRIPT_END: &str = "</script>";

/// Rewrites `index.html` in the built folder.
pub(crate) fn apply(dist: &Path) -> Result {
    let path = dist.join("index.html");
    let html = at(&path, fs::read_to_string(&path))?;
    let (html, scripts) = extract_scripts(&html)?;
    for (name, text) in &scripts {
        let file = dist.join(name);
        at(&file, fs::write(&file, text))?;
    }
    at(&path, fs::write(&path, guarded(&html)?))
}

/// A page with the policy, which allows all that is on it.
pub(crate) fn guarded(html: &str) -> Result<String> {
    let html = add_policy(html, &policy())?;
    refuse_inline(&html)?;
    Ok(html)
}

/// The page without inline module scripts, and the files that they become.
fn extract_scripts(html: &str) -> Result<(String, Vec<(String, String)>)> {
    let mut rest = html;
    let mut page = String::with_capacity(html.len());
    let mut scripts = Vec::new();
    while let Some((before, after)) = rest.split_once(INLINE_START) {
        let (body, tail) = after
            .split_once(SCRIPT_END)
            .ok_or("index.html has a script without an end")?;
        let text = format!("{}\n", body.trim());
        let name = format!("start-{:016x}.js", fingerprint(text.as_bytes()));
        page.push_str(before);
        page.extend([START_FILE, &name, "\">", SCRIPT_END]);
        scripts.push((name, text));
        rest = tail;
    }
    page.push_str(rest);
    Ok((page, scripts))
}

/// The policy goes first in the head, since it holds for what follows it.
fn add_policy(html: &str, policy: &str) -> Result<String> {
    let head = html.find("<head").ok_or("the page has no <head>")?;
    let end = html[head..]
        .find('>')
        .ok_or("the page has an unfinished <head>")?
        + head
        + 1;
    // The character set must stay within the first kilobyte: the policy is far shorter.
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{}{meta}{}", &html[..end], &html[end..]))
}

/// The policy on one line.
fn policy() -> String {
    let directives = POLICY
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    directives
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// Names what the policy would block, at build time instead of in a visitor's console.
fn refuse_inline(html: &str) -> Result {
    for (number, line) in html.lines().enumerate() {
        let lower = line.to_lowercase();
        let found = inline_script(&lower).or_else(|| {
            [
                ("<style", "a <style> element"),
                (" style=\"", "a style attribute"),
                ("href=\"javascript:", "a javascript: link"),
            ]
            .into_iter()
            .find_map(|(mark, name)| lower.contains(mark).then_some(name))
        });
        let handler = [" onclick=", " onload=", " onerror="]
            .iter()
            .any(|mark| lower.contains(mark));
        if let Some(what) = found.or(handler.then_some("an inline event handler")) {
            return Err(format!(
                "line {} of the built page has {what}, which its Content-Security-Policy blocks; move it to a file",
                number + 1
            )
            .into());
        }
    }
    Ok(())
}

fn inline_script(line: &str) -> Option<&'static str> {
    let mut tags = line
        .split("<script")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or_default());
    tags.any(|attributes| !attributes.contains("src="))
        .then_some("an inline script")
}

/// FNV-1a: changes when the text does, which is all that a file name needs.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{add_policy, extract_scripts, policy, refuse_inline};

    const BUILT: &str = "<!DOCTYPE html><html><head>\n<meta charset=\"utf-8\">\n\
        <script type=\"module\">\nimport init from './web-1.js';\nawait init('./web-1.wasm');\n</script></head><body></body></html>";

    #[test]
    fn the_start_script_becomes_a_file_beside_the_page() {
        let (html, scripts) = extract_scripts(BUILT).unwrap();
        let [(name, text)] = scripts.as_slice() else {
            panic!("one script expected")
        };
        assert!(
            html.contains(&format!(
                "<script type=\"module\" src=\"./{name}\"></script>"
            )),
            "{html}"
        );
        assert_eq!(
            text,
            "import init from './web-1.js';\nawait init('./web-1.wasm');\n"
        );
        refuse_inline(&html).unwrap();
    }

    #[test]
    fn the_policy_comes_first_in_the_head() {
        let html = add_policy(
            "<html><head lang=\"en\"><meta charset=\"utf-8\">",
            "default-src 'none'",
        )
        .unwrap();
        assert_eq!(
            html,
            "<html><head lang=\"en\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\
             <meta charset=\"utf-8\">"
        );
    }

    #[test]
    fn scripts_come_only_from_the_site() {
        let policy = policy();
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert!(!policy.contains('"'), "{policy}");
    }

    #[test]
    fn what_the_policy_would_block_is_refused_by_name() {
        for (html, name) in [
            ("<script>alert(1)</script>", "an inline script"),
            (
                "<script type=\"application/json\">{}</script>",
                "an inline script",
            ),
            ("<p style=\"color:red\">", "a style attribute"),
            ("<style>p{}</style>", "a <style> element"),
            ("<body onload=\"x()\">", "an inline event handler"),
            ("<a href=\"javascript:x()\">", "a javascript: link"),
        ] {
            let failure = refuse_inline(html).unwrap_err().to_string();
            assert!(failure.contains(name), "{html}: {failure}");
        }
        refuse_inline("<script type=\"module\" src=\"./a.js\"></script><p class=\"style\">")
            .unwrap();
    }
}
