//! The table: a type and its JSON in one place.

/// Types that are saved or sent as JSON, with the name that JSON has for each member or variant.
///
/// A structure is an object. A member is required; with `optional` after its name it is left out where it is `None` or
/// empty, and may be absent; with `or` and a value it is always written, and has that value where it is absent. Members
/// that the table does not name are refused. An enumeration is one of its texts.
///
/// ```
/// fargate_core::wire! {
///     /// A shelf.
///     #[derive(Debug, PartialEq, Eq)]
///     pub struct Shelf {
///         /// Who made it.
///         pub maker: String = "maker",
///         /// Its boards.
///         pub boards: u32 = "boards" or 3,
///         /// Its colour, if it is painted.
///         pub colour: Option<Colour> = "colour" optional,
///     }
///
///     /// A colour.
///     #[derive(Clone, Copy, Debug, PartialEq, Eq)]
///     pub enum Colour {
///         /// Red.
///         Red = "RED",
///         /// Blue.
///         Blue = "BLUE",
///     }
/// }
/// # use fargate_core::wire::{parse, print};
///
/// let shelf: Shelf = parse(r#"{ "maker": "Ada", "colour": "BLUE" }"#).unwrap();
/// assert_eq!(shelf, Shelf { maker: "Ada".to_owned(), boards: 3, colour: Some(Colour::Blue) });
/// assert_eq!(print(&shelf), r#"{"maker":"Ada","boards":3,"colour":"BLUE"}"#);
/// ```
#[macro_export]
macro_rules! wire {
    () => {};
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {$(
            $(#[$doc:meta])*
            $member_vis:vis $member:ident: $type:ty = $json:literal $($how:ident $($value:expr)?)?,
        )*}
        $($more:tt)*
    ) => {
        $(#[$meta])*
        $vis struct $name {$(
            $(#[$doc])*
            $member_vis $member: $type,
        )*}

        impl $crate::wire::FromJson for $name {
            fn read(node: &$crate::text::Node, misfits: &mut $crate::wire::Misfits) -> Self {
                const SLOTS: &[$crate::wire::Slot] =
                    &[$(($json, $crate::wire!(@required $($how)?))),*];
                let members = misfits.members(node, SLOTS, $crate::wire::Others::Refused);
                Self {$(
                    $member: $crate::wire!(@read members misfits $json $($how $($value)?)?),
                )*}
            }
        }

        impl $crate::wire::ToJson for $name {
            fn write(&self, out: &mut $crate::wire::Writer) {
                out.open('{');
                $($crate::wire!(@write self.$member, out, $json $($how)?);)*
                out.close('}');
            }
        }

        $crate::wire! { $($more)* }
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {$(
            $(#[$doc:meta])*
            $variant:ident = $json:literal,
        )*}
        $($more:tt)*
    ) => {
        $(#[$meta])*
        $vis enum $name {$(
            $(#[$doc])*
            $variant,
        )*}

        impl $crate::wire::FromJson for $name {
            fn read(node: &$crate::text::Node, misfits: &mut $crate::wire::Misfits) -> Self {
                const VARIANTS: &[$name] = &[$($name::$variant),*];
                VARIANTS[misfits.choice(node, &[$($json),*])]
            }
        }

        impl $crate::wire::ToJson for $name {
            fn write(&self, out: &mut $crate::wire::Writer) {
                out.text(match self {$(Self::$variant => $json,)*});
            }
        }

        $crate::wire! { $($more)* }
    };
    (@required) => { true };
    (@required $how:ident) => { false };
    (@read $members:ident $misfits:ident $json:literal) => {
        $crate::wire::FromJson::read($members.get($json), $misfits)
    };
    (@read $members:ident $misfits:ident $json:literal optional) => {
        $crate::wire::FromJson::read($members.get($json), $misfits)
    };
    (@read $members:ident $misfits:ident $json:literal or $value:expr) => {
        match $members.given($json) {
            Some(node) => $crate::wire::FromJson::read(node, $misfits),
            None => $value,
        }
    };
    (@write $member:expr, $out:ident, $json:literal optional) => { $out.optional($json, &$member) };
    (@write $member:expr, $out:ident, $json:literal $($or:ident)?) => { $out.member($json, &$member) };
}
