//! The forms that make what tasks fetch.

use crate::markup::{Show, view};
use crate::network::ask_form::AskForm;
use crate::network::asking::Asking;
use crate::network::fields::{One, OneField, Several, SeveralField, Text, TextField, Tick};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    Call, CreateBucket, CreateLogGroup, CreateRepository, CreateSecret, ImageLayer, Login,
    ParameterType, PushImage, PutObject, PutParameter, PutRepository, TagMutability,
};
use leptos::prelude::*;

/// Makes a repository.
#[component]
pub fn RepositoryForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let whose = One::fixed(&[
        ("own", "Amazon ECR, this account"),
        ("public", "Another registry, public"),
        ("private", "Another registry or account, private"),
    ]);
    let (name, user, password) = (Text::of(""), Text::of(""), Text::of(""));
    let keeps = RwSignal::new(false);
    let submit = move |()| {
        let repository = name.now();
        let call: Call = match whose.now().as_str() {
            "own" => CreateRepository {
                repository_name: repository,
                image_tag_mutability: keeps.get_untracked().then_some(TagMutability::Immutable),
            }
            .into(),
            kind => {
                let login = user.some().map(|username| Login {
                    username,
                    password: password.now(),
                });
                PutRepository {
                    repository,
                    private: kind == "private",
                    login: login.filter(|_| kind == "private"),
                }
                .into()
            }
        };
        asking.ask(call, "Repository made. It is empty.").is_some()
    };
    view! {
        <AskForm label="Add repository" verb="Make repository" asking open submit>
            <OneField label="Registry" one=whose/>
            <TextField label="Name" text=name example="shop/web, or ghcr.io/acme/web"/>
            <Show when=move || whose.get() == "own"><Tick label="Keep each tag at its image (IMMUTABLE)" on=keeps/></Show>
            <Show when=move || whose.get() == "private">
                <div class="fields two">
                    <TextField label="User name that it knows" text=user example="nobody may pull where empty"/>
                    <TextField label="Password or token" text=password/>
                </div>
            </Show>
        </AskForm>
    }
}

/// Pushes an image to a repository.
#[component]
pub fn PushForm(
    /// The repository.
    repository: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let repository = StoredValue::new(repository);
    let tag = Text::of("1");
    let platforms = Several::of(|| {
        let all = ["linux/amd64", "linux/arm64", "windows/amd64"];
        all.map(|it| (it.to_owned(), it.to_owned())).to_vec()
    });
    let layers = Text::of("");
    let damaged = RwSignal::new(false);
    let submit = move |()| {
        let call = PushImage {
            image: format!("{}:{}", repository.get_value(), tag.now()),
            platforms: platforms.now(),
            layers: read_layers(&layers.now()),
            damaged: damaged.get_untracked(),
        };
        asking.ask(call, "Image pushed.").is_some()
    };
    view! {
        <AskForm label="Push an image" verb="Push" asking open submit>
            <TextField label="Tag" text=tag/>
            <SeveralField label="Built for; linux/amd64 where none is chosen" several=platforms none=""/>
            <TextField label="Layers, each a name and MiB; what its behaviour says where empty" text=layers example="base 30, app 5"/>
            <Tick label="A layer is damaged on its way" on=damaged/>
        </AskForm>
    }
}

/// Layers as typed: 'base 30, app 5'. One without a size has none that AWS would accept, so that the refusal tells it.
fn read_layers(text: &str) -> Vec<ImageLayer> {
    let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let layer = |part: &str| {
        let (name, size) = part.rsplit_once(' ').unwrap_or((part, ""));
        ImageLayer {
            name: name.trim().to_owned(),
            size_mib: size.parse().unwrap_or(u32::MAX),
        }
    };
    parts.map(layer).collect()
}

/// Makes a secret.
#[component]
pub fn SecretForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let (name, text, key) = (Text::of(""), Text::of(""), Text::of(""));
    let submit = move |()| {
        let call = CreateSecret {
            name: name.now(),
            kms_key_id: key.some(),
            secret_string: text.some(),
        };
        asking
            .ask(call, "Secret made. Its ARN is in its row.")
            .is_some()
    };
    view! {
        <AskForm label="Add secret" verb="Make secret" asking open submit>
            <TextField label="Name" text=name example="db"/>
            <TextField label="Text; no real secret belongs here" text example="{\"username\":\"u\",\"password\":\"p\"}"/>
            <TextField label="Customer key, if any" text=key example="alias/shop"/>
        </AskForm>
    }
}

/// Puts a parameter.
#[component]
pub fn ParameterForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let (name, value, key) = (Text::of(""), Text::of(""), Text::of(""));
    let kind = One::fixed(&[
        ("String", "String"),
        ("StringList", "StringList"),
        ("SecureString", "SecureString"),
    ]);
    let submit = move |()| {
        let kind = match kind.now().as_str() {
            "StringList" => ParameterType::List,
            "SecureString" => ParameterType::Secure,
            _ => ParameterType::Text,
        };
        let call = PutParameter {
            name: name.now(),
            value: value.now(),
            kind: Some(kind),
            key_id: key.some(),
            overwrite: Some(true),
        };
        asking.ask(call, "Parameter put.").is_some()
    };
    view! {
        <AskForm label="Add parameter" verb="Put parameter" asking open submit>
            <TextField label="Name" text=name example="/shop/db"/>
            <div class="fields two">
                <TextField label="Value" text=value/>
                <OneField label="Type" one=kind/>
            </div>
            <TextField label="Customer key of a SecureString, if any" text=key example="alias/shop"/>
        </AskForm>
    }
}

/// Makes a bucket.
#[component]
pub fn BucketForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let name = Text::of("");
    let submit = move |()| {
        let call = CreateBucket { bucket: name.now() };
        asking.ask(call, "Bucket made. It is empty.").is_some()
    };
    view! {
        <AskForm label="Add bucket" verb="Make bucket" asking open submit>
            <TextField label="Name" text=name example="settings"/>
        </AskForm>
    }
}

/// Puts a file into a bucket.
#[component]
pub fn FileForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let (bucket, key, body) = (Text::of(""), Text::of(""), Text::of(""));
    let submit = move |()| {
        let call = PutObject {
            bucket: bucket.now(),
            key: key.now(),
            body: body.some(),
        };
        asking.ask(call, "File put.").is_some()
    };
    view! {
        <AskForm label="Add file" verb="Put file" asking open submit>
            <div class="fields two">
                <TextField label="Bucket" text=bucket example="settings"/>
                <TextField label="Key" text=key example="prod.env"/>
            </div>
            <TextField label="What it holds" text=body example="NAME=value"/>
        </AskForm>
    }
}

/// Makes a log group.
#[component]
pub fn LogGroupForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let name = Text::of("");
    let submit = move |()| {
        let call = CreateLogGroup {
            log_group_name: name.now(),
        };
        asking.ask(call, "Log group made.").is_some()
    };
    view! {
        <AskForm label="Add log group" verb="Make log group" asking open submit>
            <TextField label="Name" text=name example="/ecs/web"/>
        </AskForm>
    }
}
