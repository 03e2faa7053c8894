//! What the calls that describe and list take alike: names, pages, a launch type.

use super::invalid;
use crate::error::ApiError;
use crate::text::Json;
use crate::wire::Writer;

/// Things of the largest page. Source: API reference of `ListTasks` and `ListServices`.
const MAX_PAGE: usize = 100;

/// The names that a call describes, at most so many, and whether with their tags. `kind` is such as `Tasks`, `one` such as `a task`.
///
/// # Errors
/// `InvalidParameterException` for no name, too many, and an `include` that is not `TAGS`.
pub(in crate::world) fn names<'a>(
    (kind, one): (&str, &str),
    named: &'a [String],
    include: &[String],
    most: usize,
) -> Result<(Vec<&'a str>, bool), ApiError> {
    if named.is_empty() {
        return Err(invalid(
            format!("{kind} cannot be empty."),
            format!("Name {one}."),
        ));
    }
    if named.len() > most {
        return Err(invalid(
            format!("{kind} can have at most {most} items."),
            format!("Ask for {most} or fewer at a time."),
        ));
    }
    if include.iter().any(|it| it != "TAGS") {
        return Err(invalid(
            "include should be one of [TAGS].",
            "Write TAGS, or nothing.",
        ));
    }
    Ok((
        named.iter().map(String::as_str).collect(),
        !include.is_empty(),
    ))
}

/// The launch type that a list is asked for; `None` where nobody says.
///
/// # Errors
/// `InvalidParameterException` for a word that is none.
pub(in crate::world) fn launch_type(asked: Option<&str>) -> Result<Option<&str>, ApiError> {
    match asked {
        None | Some("EC2" | "FARGATE" | "EXTERNAL") => Ok(asked),
        Some(other) => Err(invalid(
            format!("launchType should be one of [EC2,FARGATE,EXTERNAL], not {other}."),
            "Write FARGATE.",
        )),
    }
}

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub(in crate::world) struct Page {
    from: usize,
    most: usize,
}

impl Page {
    /// The page that is asked for; of so many where nobody says.
    ///
    /// # Errors
    /// `InvalidParameterException` for a size that is not 1 to 100, and a token that no page gave.
    pub(in crate::world) fn read(
        max_results: Option<i32>,
        next_token: Option<&str>,
        usual: usize,
    ) -> Result<Self, ApiError> {
        let most = max_results.map_or(Some(usual), |it| usize::try_from(it).ok());
        let Some(most) = most.filter(|it| (1..=MAX_PAGE).contains(it)) else {
            return Err(invalid(
                "maxResults must be between 1 and 100.",
                "Ask for 1 to 100.",
            ));
        };
        let from = next_token.map_or(Ok(0), |token| {
            token
                .parse()
                .map_err(|_| invalid("Invalid token.", "Send the nextToken of the last page."))
        })?;
        Ok(Self { from, most })
    }

    /// The answer: these of all as `member`, and the token of the next page where there is one.
    pub(in crate::world) fn show(self, member: &str, all: &[String]) -> Json {
        let rest = all.get(self.from..).unwrap_or_default();
        let shown: Vec<String> = rest.iter().take(self.most).cloned().collect();
        let mut out = Writer::default();
        out.open('{');
        out.member(member, &shown);
        if rest.len() > self.most {
            out.member("nextToken", &(self.from + self.most).to_string());
        }
        out.close('}');
        Json::known(&out.finish())
    }
}
