//! The values that members have: texts, numbers, lists and maps of them.

use super::{FromJson, Misfits, ToJson, Writer};
use crate::text::{Json, Node, Value};
use litemap::LiteMap;
use std::net::Ipv4Addr;

impl FromJson for String {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        misfits.text(node).to_owned()
    }
}

impl ToJson for String {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl ToJson for &str {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl FromJson for bool {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        node.as_bool().unwrap_or_else(|| {
            misfits.wrong(node, "true or false");
            false
        })
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut Writer) {
        out.word(if *self { "true" } else { "false" });
    }
}

macro_rules! numbers {
    ($($number:ident $read:ident($($bound:expr),*))*) => {$(
        impl FromJson for $number {
            fn read(node: &Node, misfits: &mut Misfits) -> Self {
                misfits.$read(node, $($bound),*) as Self
            }
        }

        impl ToJson for $number {
            fn write(&self, out: &mut Writer) {
                out.number(self);
            }
        }
    )*};
}

numbers! {
    u16 unsigned(u16::MAX.into())
    u32 unsigned(u32::MAX.into())
    u64 unsigned(u64::MAX)
    usize unsigned(u32::MAX.into())
    i32 signed(i32::MIN.into(), i32::MAX.into())
}

impl FromJson for Json {
    fn read(node: &Node, _misfits: &mut Misfits) -> Self {
        Self::of(node)
    }
}

impl ToJson for Json {
    fn write(&self, out: &mut Writer) {
        out.json(self);
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        match node.value {
            Value::Missing | Value::Null => None,
            _ => Some(T::read(node, misfits)),
        }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.word("null"),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let items = misfits.items(node).iter();
        items.map(|item| T::read(item, misfits)).collect()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut Writer) {
        (&self[..]).write(out);
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<T: ToJson> ToJson for &[T] {
    fn write(&self, out: &mut Writer) {
        out.open('[');
        for item in *self {
            out.item();
            item.write(out);
        }
        out.close(']');
    }
}

impl<T: FromJson> FromJson for LiteMap<String, T> {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let mut map = Self::new();
        for member in misfits.named(node) {
            let name = member.key.name.to_string();
            map.insert(name, T::read(&member.value, misfits));
        }
        map
    }
}

impl<T: ToJson> ToJson for LiteMap<String, T> {
    fn write(&self, out: &mut Writer) {
        out.open('{');
        for (name, value) in self {
            out.member(name, value);
        }
        out.close('}');
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        Self::new(T::read(node, misfits))
    }
}

impl<T: ToJson> ToJson for Box<T> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
}

impl FromJson for Ipv4Addr {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        misfits.text(node).parse().unwrap_or_else(|_| {
            misfits.wrong(node, "an IPv4 address such as 10.0.0.8");
            Self::UNSPECIFIED
        })
    }
}

impl ToJson for Ipv4Addr {
    fn write(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
}
