//! The page's `view!`: the syntax of Leptos' macro, expanded so that it weighs little.
//!
//! Leptos gives each piece of page a type of its own, and the compiler then writes all that a view can do once a type: half of
//! what the browser had to load. Here a piece is one HTML text, known when the page is compiled, and a list of the places in it
//! that live (`web/src/markup` keeps them up to date). All pieces are of one type, so all that a view can do is there once.
//!
//! ```text
//! view! { <p class="t12">"In: " {words}<b class:is-far=far>"!"</b></p> }
//!
//! Markup { html: "<p class=\"t12\">In: <!><b>!</b></p>",
//!          parts: [child at node 2: words, class of node 3: is-far] }
//! ```
//!
//! What it takes: elements with attributes, `class:name`, `prop:name`, `on:event`, `node_ref`; texts in quotes; expressions in
//! braces; components with properties, children and `let:name`.

mod component;
mod element;
mod names;
mod template;

use proc_macro2::TokenStream;
use proc_macro2_diagnostics::Diagnostic;
use quote::quote;
use rstml::Infallible;
use rstml::node::{Node, NodeBlock, NodeElement};
use rstml::{Parser, ParserConfig};

/// An element of the syntax as it stands, without additions to it.
pub(crate) type Element = NodeElement<Infallible>;

/// A piece of page, as an `AnyView`.
///
/// # Errors
/// What cannot be parsed, and HTML that a browser would read in another nesting than it is written in, such as a list in a paragraph.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, diagnostics) = parser.parse_recoverable(tokens).split_vec();
    let view = fragment(&nodes).unwrap_or_else(|error| error.to_compile_error());
    let diagnostics = diagnostics.into_iter().map(Diagnostic::emit_as_expr_tokens);
    quote! {{ #(#diagnostics;)* #view }}.into()
}

/// Siblings without a parent of their own: one is itself, several are a list.
pub(crate) fn fragment(nodes: &[Node]) -> syn::Result<TokenStream> {
    let views = nodes
        .iter()
        .filter_map(|node| root(node).transpose())
        .collect::<syn::Result<Vec<_>>>()?;
    if let [view] = views.as_slice() {
        return Ok(view.clone());
    }
    Ok(quote! { crate::markup::list(::std::vec![#(#views),*]) })
}

/// A node that has no element of the same `view!` around it.
fn root(node: &Node) -> syn::Result<Option<TokenStream>> {
    Ok(match node {
        Node::Element(element) if component::is_component(element) => {
            Some(component::call(element)?)
        }
        Node::Element(element) => Some(template::markup(element)?),
        Node::Fragment(inner) => Some(fragment(&inner.children)?),
        Node::Comment(_) | Node::Doctype(_) => None,
        other => match element::static_text(other) {
            Some(text) => Some(quote! { crate::markup::IntoChild::into_child(#text) }),
            None => block(other)?,
        },
    })
}

/// An expression in braces, as a child.
pub(crate) fn block(node: &Node) -> syn::Result<Option<TokenStream>> {
    match node {
        Node::Block(NodeBlock::ValidBlock(block)) => {
            let inner = if let [syn::Stmt::Expr(expression, None)] = block.stmts.as_slice() {
                quote! { #expression }
            } else {
                quote! { #block }
            };
            Ok(Some(
                quote! { crate::markup::IntoChild::into_child(#inner) },
            ))
        }
        other => Err(syn::Error::new_spanned(
            other,
            "view! takes elements, texts in quotes and expressions in braces",
        )),
    }
}
