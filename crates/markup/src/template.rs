//! An element with all inside it: the HTML text, and the parts that live.

use crate::element::{Attribute, attribute, static_text};
use crate::{Element, block, component, names};
use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::Node;

/// The expression of a piece of page.
pub(crate) fn markup(element: &Element) -> syn::Result<TokenStream> {
    let mut template = Template::default();
    template.element(element)?;
    let tag = element.name().to_string();
    let svg = names::is_svg_part(&tag);
    let html = if svg {
        format!("<svg>{}</svg>", template.html)
    } else {
        template.html
    };
    // Evaluated as written, kept in the order in which the nodes are met.
    let mut parts = template.parts.into_iter().enumerate().collect::<Vec<_>>();
    let made = parts.iter().map(|(at, (_, part))| {
        let name = quote::format_ident!("part_{at}");
        quote! { let #name = #part; }
    });
    let made = quote! { #(#made)* };
    parts.sort_by_key(|(_, (place, _))| *place);
    let parts = parts
        .iter()
        .map(|(at, _)| quote::format_ident!("part_{at}"));
    Ok(quote! {{
        #[allow(unused_braces)]
        { #made crate::markup::markup(#html, #svg, ::std::vec![#(#parts),*]) }
    }})
}

/// An element under way.
#[derive(Default)]
struct Template {
    html: String,
    /// How many nodes there are so far.
    nodes: usize,
    /// The living parts, each with the node where it lives.
    parts: Vec<(usize, TokenStream)>,
}

impl Template {
    fn element(&mut self, element: &Element) -> syn::Result<()> {
        let tag = element.name().to_string();
        let place = self.node();
        self.html.push('<');
        self.html.push_str(&tag);
        for written in element.attributes() {
            match attribute(written, place)? {
                Attribute::Static { name, value } => {
                    self.html.push(' ');
                    self.html.push_str(&name);
                    self.html.push_str("=\"");
                    escape(&value, &mut self.html);
                    self.html.push('"');
                }
                Attribute::Living(part) => self.parts.push((place, part)),
                Attribute::Absent => {}
            }
        }
        self.html.push('>');
        if names::is_void(&tag) {
            return match element.children.first() {
                Some(child) => Err(syn::Error::new_spanned(
                    child,
                    format!("<{tag}> has no content"),
                )),
                None => Ok(()),
            };
        }
        self.children(&tag, place, &flat(&element.children))?;
        self.html.push_str("</");
        self.html.push_str(&tag);
        self.html.push('>');
        Ok(())
    }

    fn children(&mut self, tag: &str, parent: usize, children: &[&Node]) -> syn::Result<()> {
        // What lives after the last node that stands in the HTML is put at the parent's end.
        let fixed = children
            .iter()
            .rposition(|child| is_fixed(child))
            .map_or(0, |last| last + 1);
        let mut after_text = false;
        for (at, child) in children.iter().enumerate() {
            if let Some(text) = static_text(child) {
                if !text.is_empty() {
                    if !after_text {
                        self.node();
                    }
                    after_text = true;
                    escape(&text, &mut self.html);
                }
                continue;
            }
            after_text = false;
            let living = match child {
                Node::Element(inner) if component::is_component(inner) => component::call(inner)?,
                Node::Element(inner) => {
                    let name = inner.name().to_string();
                    if names::is_misplaced(tag, &name) {
                        let message = format!("a browser does not leave <{name}> in <{tag}>");
                        return Err(syn::Error::new_spanned(inner.name(), message));
                    }
                    self.element(inner)?;
                    continue;
                }
                other => match block(other)? {
                    Some(living) => living,
                    None => continue,
                },
            };
            let part = if at >= fixed {
                (
                    parent,
                    quote! { crate::markup::Part::last_child(#parent, #living) },
                )
            } else {
                self.html.push_str("<!>");
                let place = self.node();
                (
                    place,
                    quote! { crate::markup::Part::child(#place, #living) },
                )
            };
            self.parts.push(part);
        }
        Ok(())
    }

    fn node(&mut self) -> usize {
        self.nodes += 1;
        self.nodes - 1
    }
}

/// Children with fragments opened and comments left out.
fn flat(nodes: &[Node]) -> Vec<&Node> {
    nodes
        .iter()
        .flat_map(|node| match node {
            Node::Fragment(inner) => flat(&inner.children),
            Node::Comment(_) | Node::Doctype(_) => Vec::new(),
            other => vec![other],
        })
        .collect()
}

/// Whether a child stands in the HTML itself.
fn is_fixed(node: &Node) -> bool {
    match node {
        Node::Element(element) => !component::is_component(element),
        other => static_text(other).is_some_and(|text| !text.is_empty()),
    }
}

fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '"' => into.push_str("&quot;"),
            other => into.push(other),
        }
    }
}
