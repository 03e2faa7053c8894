//! The way from a finding to its rule's page in the reference, which is part of the site.

use crate::markup::view;
use fargate_core::task_definition::explain;
use leptos::prelude::*;

/// Where a rule is explained; nothing where what was found is no rule's matter but the reader's.
pub(crate) fn rule_page(code: &str) -> Option<String> {
    explain(code)?;
    Some(format!("rules.html#{code}"))
}

/// A link to the page of a rule; nothing where what was found is no rule's matter but the reader's.
pub(crate) fn rule_link(code: &'static str) -> Option<AnyView> {
    let href = rule_page(code)?;
    Some(view! {
        <a class="link" href=href target="_blank" rel="noopener">
            "Why: the rule "<code>{code}</code>
            <span class="sr">" (opens in a new tab)"</span>
        </a>
    })
}
