//! Components: capitalised names, called with their properties.

use crate::{Element, fragment};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use rstml::node::{KeyedAttributeValue, NodeAttribute, NodeName};

/// Whether an element is a component: its last name begins with a capital.
pub(crate) fn is_component(element: &Element) -> bool {
    let NodeName::Path(path) = element.name() else {
        return false;
    };
    path.path
        .segments
        .last()
        .is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// The call of a component, as a child.
pub(crate) fn call(element: &Element) -> syn::Result<TokenStream> {
    let name = element.name();
    let mut properties = Vec::new();
    let mut bound: Vec<Ident> = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(syn::Error::new_spanned(
                attribute,
                "properties have names here",
            ));
        };
        let key = attribute.key.to_string().replace(' ', "");
        if let Some(name) = key.strip_prefix("let:") {
            bound.push(format_ident!("{name}"));
            continue;
        }
        if let KeyedAttributeValue::Binding(binding) = &attribute.possible_value {
            return Err(syn::Error::new_spanned(
                binding,
                "names are bound as let:name",
            ));
        }
        let property = &attribute.key;
        let value = attribute
            .value()
            .map_or_else(|| quote! { #property }, |value| quote! { #value });
        properties.push(quote! { .#property(#[allow(unused_braces)] { #value }) });
    }
    let children = if element.children.is_empty() {
        quote! {}
    } else {
        let inner = fragment(&element.children)?;
        if bound.is_empty() {
            quote! { .children(::leptos::children::ToChildren::to_children(move || #inner)) }
        } else {
            quote! { .children(move |#(#bound),*| #inner) }
        }
    };
    Ok(quote! {
        crate::markup::component(
            #[allow(clippy::needless_borrows_for_generic_args)]
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build(),
        )
    })
}
