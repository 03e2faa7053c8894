//! How long a tag of EC2's may be. Only a world that judges asks; a shipped scenario's names are known to fit.

use crate::call::Call;
use crate::error::ApiError;
use crate::text::{self, Node};

/// The longest key and the longest value, in characters.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions>
const LONGEST: [(&str, &str, usize); 2] = [("Key", "key", 128), ("Value", "value", 256)];

/// Refuses a call of EC2's that gives what it makes a tag that is too long.
pub(super) fn fit(call: &Call) -> Result<(), ApiError> {
    if !call.action().starts_with("ec2:") {
        return Ok(());
    }
    let input = text::read(&call.input_json()).root;
    let given = input.get("TagSpecifications").map_or(&[][..], Node::items);
    let tags = given.iter().filter_map(|it| it.get("Tags"));
    for tag in tags.flat_map(Node::items) {
        for (member, word, longest) in LONGEST {
            let text = tag.get(member).and_then(Node::as_str).unwrap_or_default();
            if text.chars().count() > longest {
                return Err(ApiError::new(
                    "InvalidParameterValue",
                    format!("Tag {word} exceeds the maximum length of {longest} characters"),
                    format!(
                        "Write at most {longest} characters; a name is the value of the tag Name."
                    ),
                ));
            }
        }
    }
    Ok(())
}
