//! The policy that is being written: whose it is, its text, and what is said of it.

use crate::announcer::{Announcer, announcer};
use crate::commands::{Commands, commands};
use crate::refusal::Refusal;
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{Call, PutRolePolicy, PutUserPolicy, UpdateAssumeRolePolicy};
use fargate_session::permissions::{FindingCard, findings};
use leptos::html::Textarea;
use leptos::prelude::*;

/// Whose policy is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Of {
    /// The user or role.
    pub(crate) name: String,
    /// Whether it is a role.
    pub(crate) role: bool,
    /// Whether it is the role's trust policy.
    pub(crate) trust: bool,
}

/// The policy that is being written.
#[derive(Clone, Copy)]
pub struct Draft {
    commands: Commands,
    announcer: Announcer,
    /// Whether the editor is open.
    pub(crate) open: RwSignal<bool>,
    /// Whose it is.
    pub(crate) of: RwSignal<Of>,
    /// Its name.
    pub(crate) name: RwSignal<String>,
    /// What it says, as typed.
    pub(crate) text: RwSignal<String>,
    /// What is said of it.
    pub(crate) findings: Memo<Vec<FindingCard>>,
    /// The refusal of the last try.
    pub(crate) refusal: RwSignal<Option<Refusal>>,
    /// The text area.
    pub(crate) area: NodeRef<Textarea>,
}

/// The draft. The panel makes one.
pub(crate) fn make_draft() -> Draft {
    let (of, text) = (RwSignal::new(Of::default()), RwSignal::new(String::new()));
    Draft {
        commands: commands(),
        announcer: announcer(),
        open: RwSignal::new(false),
        of,
        name: RwSignal::new(String::new()),
        text,
        findings: Memo::new(move |_| {
            let trust = of.with(|of| of.trust);
            text.with(|text| findings(text, trust))
        }),
        refusal: RwSignal::new(None),
        area: NodeRef::new(),
    }
}

impl Draft {
    /// Opens the editor.
    pub(crate) fn begin(self, of: Of, name: &str, text: &str) {
        self.of.set(of);
        self.name.set(name.to_owned());
        self.text.set(text.to_owned());
        self.refusal.set(None);
        self.open.set(true);
        request_animation_frame(move || {
            if let Some(area) = self.area.get_untracked() {
                let _ = area.focus();
            }
        });
    }

    /// Closes it.
    pub(crate) fn close(self) {
        self.open.set(false);
    }

    /// Puts the policy where it belongs.
    pub(crate) fn put(self) {
        let (of, policy_name) = (self.of.get_untracked(), self.name.get_untracked());
        let policy_document = self.text.get_untracked();
        let name = of.name.clone();
        let call: Call = if of.trust {
            UpdateAssumeRolePolicy {
                role_name: name,
                policy_document,
            }
            .into()
        } else if of.role {
            PutRolePolicy {
                role_name: name,
                policy_name,
                policy_document,
            }
            .into()
        } else {
            PutUserPolicy {
                user_name: name,
                policy_name,
                policy_document,
            }
            .into()
        };
        let sent = call.clone();
        self.commands
            .send_quietly(call, move |answer| match answer {
                Ok(_) => {
                    self.refusal.set(None);
                    self.open.set(false);
                    self.announcer.say("The policy is put.");
                }
                Err(error) => self.refusal.set(Some(Refusal::of(sent, error))),
            });
    }

    /// Marks the place of a finding in the text.
    pub(crate) fn mark(self, (from, to): (usize, usize)) {
        let text = self.text.get_untracked();
        let units = |at: usize| text.get(..at).map_or(0, |it| it.encode_utf16().count()) as u32;
        if let Some(area) = self.area.get_untracked() {
            let _ = area.focus();
            let _ = area.set_selection_range(units(from), units(to));
        }
    }
}
