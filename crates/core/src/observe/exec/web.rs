//! `curl` and `wget` in the shell: a connection through the walk, or a question to the task metadata endpoint.

use super::shell::{Answer, Shell};
use crate::network::{Code, Ending, Part, Trace};

/// The address of the task metadata endpoint and of credentials.
const ENDPOINT: &str = "169.254.170.2";

/// Why a name has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoName {
    /// Nothing has it.
    Unknown,
    /// Nobody can be asked.
    NoServer,
}

/// Whether a connection failed because its name has no address.
pub(super) fn dns_failure(trace: &Trace) -> Option<NoName> {
    match trace.ending {
        Ending::Denied(Code::NxDomain) => Some(NoName::Unknown),
        Ending::Denied(Code::DnsDisabled) => Some(NoName::NoServer),
        _ => None,
    }
}

/// The parts of a URL: whether it is `https`, the host, the port and the path.
fn parts(url: &str) -> Option<(bool, &str, u16, &str)> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let tls = match scheme {
        "http" => false,
        "https" => true,
        _ => return None,
    };
    let (authority, path) = match rest.find('/') {
        Some(slash) => (&rest[..slash], &rest[slash..]),
        None => (rest, "/"),
    };
    let usual = if tls { 443 } else { 80 };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, usual),
    };
    (!host.is_empty()).then_some((tls, host, port, path))
}

/// What a request led to.
struct Response {
    /// The status line's number; 0 where nobody answered.
    status: u16,
    body: String,
    kind: &'static str,
    /// Where it failed: curl's exit code and words.
    failed: Option<(u8, String)>,
    trace: Option<Trace>,
}

fn request(shell: &Shell<'_>, url: &str) -> Response {
    let fail = |code: u8, words: String, trace: Option<Trace>| Response {
        status: 0,
        body: String::new(),
        kind: "",
        failed: Some((code, words)),
        trace,
    };
    let Some((_, host, port, path)) = parts(url) else {
        return fail(
            3,
            "URL using bad/illegal format or missing URL".to_owned(),
            None,
        );
    };
    let Some(trace) = shell.walk(host, port) else {
        return fail(
            7,
            format!("Failed to connect to {host} port {port}: Network is unreachable"),
            None,
        );
    };
    let failed = match (dns_failure(&trace), trace.ending) {
        (Some(_), _) => Some((6, format!("Could not resolve host: {host}"))),
        (None, Ending::Refused) => Some((
            7,
            format!(
                "Failed to connect to {host} port {port} after 0 ms: Couldn't connect to server"
            ),
        )),
        (None, Ending::Denied(_)) => Some((
            28,
            format!(
                "Failed to connect to {host} port {port} after 130000 ms: Couldn't connect to server"
            ),
        )),
        (None, Ending::Delivered) => None,
    };
    if let Some((code, words)) = failed {
        return fail(code, words, Some(trace));
    }
    let (status, kind, body) = if host == ENDPOINT {
        match shell.metadata.answer(path) {
            Some(json) => (200, "application/json", json),
            None => (
                404,
                "text/plain; charset=utf-8",
                "404 page not found".to_owned(),
            ),
        }
    } else {
        let words = format!("{} answers for {path}", answerer(&trace));
        (200, "text/plain", words)
    };
    Response {
        status,
        body,
        kind,
        failed: None,
        trace: Some(trace),
    }
}

/// Who answered a request.
fn answerer(trace: &Trace) -> String {
    let mut hops = trace.hops.iter().rev();
    let name = hops.find_map(|hop| match &hop.part {
        Part::Listener(_, Some((_, name))) => Some(name.to_string()),
        _ => None,
    });
    name.unwrap_or_else(|| trace.to.to_string())
}

/// `curl`.
pub(super) fn curl(shell: &Shell<'_>, words: &[&str]) -> Answer {
    /// Options that take a word.
    const TAKING: [&str; 12] = [
        "-m",
        "--max-time",
        "--connect-timeout",
        "-X",
        "-H",
        "-d",
        "-o",
        "-A",
        "-u",
        "-w",
        "--retry",
        "--data",
    ];
    let (mut url, mut silent, mut head, mut verbose, mut shows_errors) =
        (None, false, false, false, false);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            it if TAKING.contains(&it) => {
                rest.next();
            }
            "--silent" => silent = true,
            "--head" => head = true,
            "--verbose" => verbose = true,
            it if it.starts_with("--") => {}
            it if it.starts_with('-') => {
                silent |= it.contains('s');
                head |= it.contains('I');
                verbose |= it.contains('v');
                shows_errors |= it.contains('S');
            }
            it => url = Some(it),
        }
    }
    let Some(url) = url else {
        return Answer::failed(
            2,
            "curl: try 'curl --help' or 'curl --manual' for more information",
        );
    };
    let response = request(shell, url);
    let mut out = Vec::new();
    let dialled = response
        .trace
        .as_ref()
        .filter(|it| verbose && dns_failure(it).is_none());
    if let (Some((_, host, port, _)), Some(trace)) = (parts(url), dialled) {
        out.push(format!("*   Trying {}:{port}...", trace.to));
        if response.failed.is_none() {
            out.push(format!("* Connected to {host} ({}) port {port}", trace.to));
        }
    }
    if let Some((code, words)) = &response.failed {
        if !silent || shows_errors || verbose {
            out.push(format!("curl: ({code}) {words}"));
        }
        return Answer {
            trace: response.trace,
            ..Answer::failed(*code, out.join("\n"))
        };
    }
    if head || verbose {
        let reason = if response.status == 200 {
            "OK"
        } else {
            "Not Found"
        };
        out.push(format!("HTTP/1.1 {} {reason}", response.status));
        out.push(format!("Content-Type: {}", response.kind));
        out.push(format!("Content-Length: {}", response.body.len()));
        out.push(String::new());
    }
    if !head {
        out.push(response.body);
    }
    Answer {
        trace: response.trace,
        ..Answer::said(out.join("\n"))
    }
}

/// `wget`, as busybox has it; it writes what it gets instead of saving it.
pub(super) fn wget(shell: &Shell<'_>, words: &[&str]) -> Answer {
    let mut named = words
        .iter()
        .filter(|it| !it.starts_with('-') || it.contains("://"));
    let Some(url) = named.next() else {
        return Answer::failed(1, "Usage: wget -qO- URL");
    };
    let response = request(shell, url);
    let words = match (&response.failed, response.status) {
        (None, 200) => {
            return Answer {
                trace: response.trace,
                ..Answer::said(response.body)
            };
        }
        (None, status) => format!("wget: server returned error: HTTP/1.1 {status} Not Found"),
        (Some((6, _)), _) => {
            let host = parts(url).map(|it| it.1).unwrap_or_default();
            format!("wget: bad address '{host}'")
        }
        (Some((7, _)), _) => "wget: can't connect to remote host: Connection refused".to_owned(),
        (Some(_), _) => "wget: download timed out".to_owned(),
    };
    Answer {
        trace: response.trace,
        ..Answer::failed(1, words)
    }
}
