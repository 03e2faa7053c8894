//! The policy that is being written: whose it is, its text, and what is said of it.

use crate::announcer::{Announcer, announcer};
use crate::commands::{Commands, commands};
use crate::refusal::Refusal;
use crate::signals::{Memo, RwSignal, StoredValue};
use fargate_core::call::{Call, PutRolePolicy, PutUserPolicy, UpdateAssumeRolePolicy};
use fargate_session::permissions::{FindingCard, PermissionsCard, findings};
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

/// A policy that was changed and not put.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    of: Of,
    began: (String, String),
    typed: (String, String),
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
    /// What it said when the editor was opened.
    began: RwSignal<(String, String)>,
    /// Policies that were changed and not put, by whose they are and the name and text that they were opened with; each with the name
    /// and text as typed.
    kept: StoredValue<Vec<Kept>>,
    /// What IAM holds.
    card: Memo<PermissionsCard>,
    /// Whether something is typed that was not put.
    pub(crate) is_changed: Memo<bool>,
    /// What is said of it.
    pub(crate) findings: Memo<Vec<FindingCard>>,
    /// The refusal of the last try.
    pub(crate) refusal: RwSignal<Option<Refusal>>,
    /// The text area.
    pub(crate) area: NodeRef<Textarea>,
}

/// The draft. The panel makes one.
pub(crate) fn make_draft(card: Memo<PermissionsCard>) -> Draft {
    let (of, text) = (RwSignal::new(Of::default()), RwSignal::new(String::new()));
    let name = RwSignal::new(String::new());
    let began = RwSignal::new((String::new(), String::new()));
    Draft {
        commands: commands(),
        announcer: announcer(),
        open: RwSignal::new(false),
        of,
        name,
        text,
        began,
        kept: StoredValue::new(Vec::new()),
        card,
        is_changed: Memo::new(move |_| {
            began.with(|began| name.with(|it| *it != began.0) || text.with(|it| *it != began.1))
        }),
        findings: Memo::new(move |_| {
            let trust = of.with(|of| of.trust);
            text.with(|text| findings(text, trust))
        }),
        refusal: RwSignal::new(None),
        area: NodeRef::new(),
    }
}

impl Draft {
    /// Opens the editor on a policy that is not there yet, under a name that no other of the user or role has.
    pub(crate) fn begin_new(self, of: Of, name: &str, text: &str) {
        let taken: Vec<String> = self.card.with_untracked(|card| {
            let mine = card.principals.iter();
            let mine = mine.filter(|it| it.name == of.name && it.role == of.role);
            let policies = mine.flat_map(|it| &it.policies);
            policies.map(|it| it.name.clone()).collect()
        });
        let numbered = |number: usize| match number {
            1 => name.to_owned(),
            _ => format!("{name}-{number}"),
        };
        let mut number = 1;
        while taken.contains(&numbered(number)) {
            number += 1;
        }
        self.begin(of, &numbered(number), text);
    }

    /// Opens the editor. What was typed there before is kept; where it was typed on this policy, it is there again.
    pub(crate) fn begin(self, of: Of, name: &str, text: &str) {
        self.keep();
        let began = (name.to_owned(), text.to_owned());
        let typed = self.kept.try_update_value(|kept| {
            let place = kept
                .iter()
                .position(|it| it.of == of && it.began == began)?;
            Some(kept.remove(place).typed)
        });
        let (name, text) = typed.flatten().unwrap_or_else(|| began.clone());
        self.of.set(of);
        self.began.set(began);
        self.name.set(name);
        self.text.set(text);
        self.refusal.set(None);
        self.open.set(true);
        request_animation_frame(move || {
            if let Some(area) = self.area.get_untracked() {
                let _ = area.focus();
            }
        });
    }

    /// Closes it. What was typed is there again when the same policy is opened.
    pub(crate) fn close(self) {
        self.keep();
        self.open.set(false);
    }

    /// Back to what the policy said when it was opened.
    pub(crate) fn discard(self) {
        let (name, text) = self.began.get_untracked();
        self.name.set(name);
        self.text.set(text);
        self.refusal.set(None);
        self.to_text();
    }

    /// Puts another text in its place, as a cure does.
    pub(crate) fn replace(self, text: String) {
        self.text.set(text);
        self.to_text();
    }

    fn to_text(self) {
        if let Some(area) = self.area.get_untracked() {
            let _ = area.focus();
        }
    }

    /// Keeps what is typed, if it is open and changed.
    fn keep(self) {
        if self.open.get_untracked() && self.is_changed.get_untracked() {
            let one = Kept {
                of: self.of.get_untracked(),
                began: self.began.get_untracked(),
                typed: (self.name.get_untracked(), self.text.get_untracked()),
            };
            self.kept.update_value(|kept| kept.push(one));
        }
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
