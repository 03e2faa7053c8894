//! What an element's attributes and texts say: known when compiled, or living.

use crate::names;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KVAttributeValue, KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute};
use syn::{Expr, Lit};

/// What an attribute comes to.
pub(crate) enum Attribute {
    /// Its text stands in the HTML; without a value it is there or not.
    Static { name: String, value: String },
    /// It lives: an expression for the part, given the node's place.
    Living(TokenStream),
    /// It is false and never there.
    Absent,
}

/// Reads an attribute of the element at `place`.
pub(crate) fn attribute(attribute: &NodeAttribute, place: usize) -> syn::Result<Attribute> {
    let NodeAttribute::Attribute(attribute) = attribute else {
        return Err(syn::Error::new_spanned(
            attribute,
            "attributes have names here",
        ));
    };
    let name = attribute.key.to_string().replace(' ', "");
    let value = value(attribute)?;
    if name == "node_ref" {
        return Ok(Attribute::Living(
            quote! { crate::markup::Part::node_ref(#place, #value) },
        ));
    }
    if let Some(event) = name.strip_prefix("on:") {
        let of = format_ident!("{}", names::event_type(event));
        return Ok(Attribute::Living(
            quote! { crate::markup::Part::on(#place, #event, crate::markup::handler::<::web_sys::#of>(#value)) },
        ));
    }
    for (prefix, kind) in [("class:", "Class"), ("prop:", "Property")] {
        if let Some(name) = name.strip_prefix(prefix) {
            let kind = format_ident!("{kind}");
            return Ok(Attribute::Living(part(place, &kind, name, &value)));
        }
    }
    let name = name.strip_prefix("attr:").unwrap_or(&name);
    if name == "inner_html" {
        return Ok(Attribute::Living(part(
            place,
            &format_ident!("Property"),
            "innerHTML",
            &value,
        )));
    }
    Ok(match literal(&value) {
        Some(Literal::Text(value)) => Attribute::Static {
            name: name.into(),
            value,
        },
        Some(Literal::Flag(true)) => Attribute::Static {
            name: name.into(),
            value: String::new(),
        },
        Some(Literal::Flag(false)) => Attribute::Absent,
        None => Attribute::Living(part(place, &format_ident!("Attribute"), name, &value)),
    })
}

fn part(place: usize, kind: &proc_macro2::Ident, name: &str, value: &Expr) -> TokenStream {
    quote! { crate::markup::Part::value(#place, crate::markup::Kind::#kind, #name, crate::markup::IntoValue::into_value(#value)) }
}

fn value(attribute: &KeyedAttribute) -> syn::Result<Expr> {
    match &attribute.possible_value {
        KeyedAttributeValue::None => Ok(syn::parse_quote!(true)),
        KeyedAttributeValue::Value(value) => match &value.value {
            KVAttributeValue::Expr(value) => Ok(unbraced(value)),
            KVAttributeValue::InvalidBraced(block) => {
                Err(syn::Error::new_spanned(block, "an expression was expected"))
            }
        },
        KeyedAttributeValue::Binding(binding) => Err(syn::Error::new_spanned(
            binding,
            "only components bind names",
        )),
    }
}

/// `{value}` as `value`.
fn unbraced(value: &Expr) -> Expr {
    if let Expr::Block(block) = value
        && let [syn::Stmt::Expr(inner, None)] = block.block.stmts.as_slice()
    {
        return inner.clone();
    }
    value.clone()
}

enum Literal {
    Text(String),
    Flag(bool),
}

fn literal(value: &Expr) -> Option<Literal> {
    let Expr::Lit(literal) = value else {
        return None;
    };
    match &literal.lit {
        Lit::Str(text) => Some(Literal::Text(text.value())),
        Lit::Int(number) => Some(Literal::Text(number.base10_digits().to_owned())),
        Lit::Float(number) => Some(Literal::Text(number.base10_digits().to_owned())),
        Lit::Bool(flag) => Some(Literal::Flag(flag.value)),
        _ => None,
    }
}

/// The text of a node that is nothing else.
pub(crate) fn static_text(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.value_string()),
        Node::RawText(text) => Some(text.to_string_best()),
        _ => None,
    }
}
