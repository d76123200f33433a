//! Values bound to the parameters `$1`, `$2`, … of a statement.

use std::error::Error;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use postgres::types::private::BytesMut;
use postgres::types::{Format, IsNull, ToSql, Type};
use rusqlite::types::{ToSqlOutput, ValueRef};

/// A value on its way into the store. Its Debug tells the kind only: values are people's data.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number; also an instant, as Unix milliseconds UTC.
    Int(i64),
    /// Text; also a date, as `YYYY-MM-DD`.
    Text(String),
    /// Octets.
    Bytes(Vec<u8>),
    /// Yes or no.
    Bool(bool),
}

/// A list of parameters: `params![number, name, now]`, each through `Value::from`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::Value::from($value)),*] as &[$crate::store::Value]
    };
}
pub use crate::params;

impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Null => "Null",
            Self::Int(_) => "Int",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
            Self::Bool(_) => "Bool",
        })
    }
}

macro_rules! from_number {
    ($($number:ty),*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Int(i64::from(number))
            }
        }
    )*};
}
from_number!(i64, i32, i16, i8, u32, u16, u8);

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

/// PostgreSQL's texts cannot hold U+0000, so on both engines U+FFFD stands in its place: what is
/// asked for under such a name is not found, and nothing fails.
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text })
    }
}

impl From<Vec<u8>> for Value {
    fn from(octets: Vec<u8>) -> Self {
        Self::Bytes(octets)
    }
}

impl From<&[u8]> for Value {
    fn from(octets: &[u8]) -> Self {
        Self::Bytes(octets.to_vec())
    }
}

/// An instant is kept as Unix milliseconds UTC; what is finer is dropped.
impl From<Timestamp> for Value {
    fn from(instant: Timestamp) -> Self {
        Self::Int(instant.as_millisecond())
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(octets) => ValueRef::Blob(octets),
            Self::Bool(yes) => ValueRef::Integer(i64::from(*yes)),
        }))
    }
}

/// PostgreSQL declares the type of each parameter; a whole number fits into any of its integer
/// types if it is small enough, and everything else must be of the declared kind.
impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *ty == Type::INT8 => number.to_sql(ty, out),
            Self::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) if *ty == Type::INT2 => i16::try_from(*number)?.to_sql(ty, out),
            Self::Text(text) if <&str as ToSql>::accepts(ty) => text.as_str().to_sql(ty, out),
            Self::Bytes(octets) if *ty == Type::BYTEA => octets.as_slice().to_sql(ty, out),
            Self::Bool(yes) if *ty == Type::BOOL => yes.to_sql(ty, out),
            _ => Err(format!("{self:?} does not go into a parameter of type {ty}").into()),
        }
    }

    /// Which value fits is decided when it is written, where the value is known.
    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(ty, out)
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Binary
    }
}
