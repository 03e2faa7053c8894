//! A small file server for the built site, on this machine only: what tests, audits and `preview` look at.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::process::Result;

/// What is served, and how.
pub(crate) struct Site {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The path it appears under, such as `/docs/playground`; empty for the root.
    pub(crate) base: String,
    /// Files compressed beforehand, by path in the folder, as a public host would send them.
    pub(crate) brotli: HashMap<PathBuf, Vec<u8>>,
}

/// A server that has its port and is not answering yet.
pub(crate) struct Server {
    listener: TcpListener,
    site: Arc<Site>,
    /// Where the site's first page is.
    pub(crate) url: String,
}

/// An answer before it is written.
struct Answer<'a> {
    status: &'static str,
    mime: &'static str,
    encoding: Option<&'static str>,
    location: Option<String>,
    body: std::borrow::Cow<'a, [u8]>,
    lasting: bool,
}

impl Server {
    /// Takes a port on the loopback address; 0 takes any that is free.
    pub(crate) fn bind(site: Site, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            format!("port {port} cannot be used: {error}; choose another with --port")
        })?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let url = format!("http://{address}{}/", site.base);
        Ok(Self {
            listener,
            site: Arc::new(site),
            url,
        })
    }

    /// Answers until the program ends.
    pub(crate) fn serve(self) {
        for stream in self.listener.incoming().flatten() {
            let site = Arc::clone(&self.site);
            // A client that goes away in the middle is no concern of ours.
            thread::spawn(move || drop(converse(&site, &stream)));
        }
    }
}

/// Answers requests on one connection until the client closes it.
fn converse(site: &Site, stream: &TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some((request, takes_brotli)) = read_request(&mut reader)? {
        let mut words = request.split_whitespace();
        let method = words.next().unwrap_or_default();
        let target = words.next().unwrap_or_default();
        let answer = if matches!(method, "GET" | "HEAD") {
            answer(site, target, takes_brotli)
        } else {
            plain("405 Method Not Allowed")
        };
        write_answer(stream, &answer, method != "HEAD")?;
    }
    Ok(())
}

/// The request line, and whether brotli is accepted; `None` at the end of the connection.
fn read_request(reader: &mut impl BufRead) -> std::io::Result<Option<(String, bool)>> {
    let mut request = String::new();
    let mut takes_brotli = false;
    let mut head = reader.take(64 * 1024);
    if head.read_line(&mut request)? == 0 {
        return Ok(None);
    }
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(Some((request, takes_brotli)));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("accept-encoding")
        {
            takes_brotli = value
                .split(',')
                .any(|encoding| encoding.trim().starts_with("br"));
        }
    }
}

fn answer<'a>(site: &'a Site, target: &str, takes_brotli: bool) -> Answer<'a> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(inside) = path.strip_prefix(&site.base) else {
        return plain("404 Not Found");
    };
    if inside.is_empty() {
        return Answer {
            location: Some(format!("{}/", site.base)),
            ..plain("301 Moved Permanently")
        };
    }
    let Some(mut relative) = safe_path(inside) else {
        return plain("400 Bad Request");
    };
    if site.folder.join(&relative).is_dir() {
        if !inside.ends_with('/') {
            return Answer {
                location: Some(format!("{path}/")),
                ..plain("301 Moved Permanently")
            };
        }
        relative.push("index.html");
    }
    let mime = mime(&relative);
    let lasting = has_hashed_name(&relative);
    if let Some(small) = site.brotli.get(&relative).filter(|_| takes_brotli) {
        return Answer {
            status: "200 OK",
            mime,
            encoding: Some("br"),
            location: None,
            body: small.into(),
            lasting,
        };
    }
    match fs::read(site.folder.join(&relative)) {
        Ok(body) => Answer {
            status: "200 OK",
            mime,
            encoding: None,
            location: None,
            body: body.into(),
            lasting,
        },
        Err(_) => plain("404 Not Found"),
    }
}

fn plain(status: &'static str) -> Answer<'static> {
    let body = status.as_bytes().into();
    Answer {
        status,
        mime: "text/plain; charset=utf-8",
        encoding: None,
        location: None,
        body,
        lasting: false,
    }
}

fn write_answer(
    mut stream: &TcpStream,
    answer: &Answer<'_>,
    with_body: bool,
) -> std::io::Result<()> {
    let keep = if answer.lasting {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let line = |name: &str, value: Option<&str>| {
        value.map_or(String::new(), |value| format!("{name}: {value}\r\n"))
    };
    let head = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {keep}\r\nVary: Accept-Encoding\r\n\
         X-Content-Type-Options: nosniff\r\n{}{}\r\n",
        answer.status,
        answer.mime,
        answer.body.len(),
        line("Content-Encoding", answer.encoding),
        line("Location", answer.location.as_deref()),
    );
    stream.write_all(head.as_bytes())?;
    if with_body {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

/// The path below the folder; `None` for one that leads out of it.
fn safe_path(target: &str) -> Option<PathBuf> {
    let decoded = percent_decode(target.trim_start_matches('/'))?;
    let path = PathBuf::from(decoded);
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Trunk's and our names end in `-` and at least 8 hexadecimal digits, so their content never changes.
fn has_hashed_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end_matches("_bg");
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn mime(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Site, answer, has_hashed_name, mime, safe_path};

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for (target, expected) in [
            ("/index.html", Some("index.html")),
            ("/a/b.js", Some("a/b.js")),
            ("/a%20b.svg", Some("a b.svg")),
            ("/../secret", None),
            ("/a/../../secret", None),
            ("/%2e%2e/secret", None),
            ("/%zz", None),
        ] {
            assert_eq!(safe_path(target), expected.map(PathBuf::from), "{target}");
        }
    }

    #[test]
    fn only_files_with_a_hash_in_their_name_are_kept_for_long() {
        for (name, expected) in [
            ("web-0123456789abcdef.js", true),
            ("web-0123456789abcdef_bg.wasm", true),
            ("index.html", false),
            ("fargate-playground.svg", false),
        ] {
            assert_eq!(has_hashed_name(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_browsers_compile_while_loading() {
        assert_eq!(mime(Path::new("a_bg.wasm")), "application/wasm");
    }

    #[test]
    fn under_a_sub_path_the_site_is_only_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let site = Site {
            folder,
            base: "/docs/play".to_owned(),
            brotli: std::collections::HashMap::new(),
        };
        for (target, status) in [
            ("/docs/play/main.rs", "200 OK"),
            ("/docs/play/main.rs?x=1", "200 OK"),
            ("/docs/play", "301 Moved Permanently"),
            ("/docs/play/setup", "301 Moved Permanently"),
            ("/docs/play/none.js", "404 Not Found"),
            ("/main.rs", "404 Not Found"),
        ] {
            assert_eq!(answer(&site, target, false).status, status, "{target}");
        }
    }
}
