//! Values of fields, owned and borrowed, and how a [`Work`](super::Work)'s members hold them.
//!
//! [`field`](super::field) builds the table of fields on these; readers set and writers get
//! values without knowing which member holds them.

use super::{Date, Field, Names, Pages};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldClass {
    /// Text, which may carry CSL-JSON's rich text (`<i>`, `<b>`, `<sub>`, `<sup>`,
    /// `<span class="nocase">`).
    Text,
    /// A number as printed: `12`, `XIV`, `3-4`, `B5`.
    Number,
    /// Persons and bodies in order.
    Names,
    /// A date or a range of dates.
    Date,
    /// Pages.
    Pages,
    /// A list of keywords.
    Keywords,
}

/// A field's value, owned.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Of a [`FieldClass::Text`] or [`FieldClass::Number`] field.
    Text(String),
    /// Of a [`FieldClass::Names`] field.
    Names(Names),
    /// Of a [`FieldClass::Date`] field.
    Date(Date),
    /// Of a [`FieldClass::Pages`] field.
    Pages(Pages),
    /// Of a [`FieldClass::Keywords`] field.
    Keywords(Vec<String>),
}

/// A field's value, borrowed from its work.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueRef<'a> {
    /// Of a [`FieldClass::Text`] or [`FieldClass::Number`] field.
    Text(&'a str),
    /// Of a [`FieldClass::Names`] field.
    Names(&'a Names),
    /// Of a [`FieldClass::Date`] field.
    Date(&'a Date),
    /// Of a [`FieldClass::Pages`] field.
    Pages(&'a Pages),
    /// Of a [`FieldClass::Keywords`] field.
    Keywords(&'a [String]),
}

/// A value was offered to a field of another class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the field {} holds {:?}", .field.as_str(), .field.class())]
pub struct WrongClass {
    /// The field that refused.
    pub field: Field,
}

/// How a Rust type stands in for one or more field classes inside a [`Work`].
pub(super) trait Slot: Sized {
    fn get(&self) -> Option<ValueRef<'_>>;
    fn put(value: Value) -> Option<Self>;
    /// The text, where the slot is for one.
    fn text(&mut self) -> Option<&mut Option<String>> {
        None
    }
}

impl Slot for Option<String> {
    fn get(&self) -> Option<ValueRef<'_>> {
        self.as_deref().filter(|text| !text.is_empty()).map(ValueRef::Text)
    }
    fn put(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(Some(text)) } else { None }
    }
    fn text(&mut self) -> Option<&mut Option<String>> {
        Some(self)
    }
}

impl Slot for Names {
    fn get(&self) -> Option<ValueRef<'_>> {
        (!self.is_empty()).then_some(ValueRef::Names(self))
    }
    fn put(value: Value) -> Option<Self> {
        if let Value::Names(names) = value { Some(names) } else { None }
    }
}

impl Slot for Option<Date> {
    fn get(&self) -> Option<ValueRef<'_>> {
        self.as_ref().map(ValueRef::Date)
    }
    fn put(value: Value) -> Option<Self> {
        if let Value::Date(date) = value { Some(Some(date)) } else { None }
    }
}

impl Slot for Option<Pages> {
    fn get(&self) -> Option<ValueRef<'_>> {
        self.as_ref().map(ValueRef::Pages)
    }
    fn put(value: Value) -> Option<Self> {
        if let Value::Pages(pages) = value { Some(Some(pages)) } else { None }
    }
}

impl Slot for Vec<String> {
    fn get(&self) -> Option<ValueRef<'_>> {
        (!self.is_empty()).then_some(ValueRef::Keywords(self))
    }
    fn put(value: Value) -> Option<Self> {
        if let Value::Keywords(keywords) = value { Some(keywords) } else { None }
    }
}

impl Value {
    pub(super) fn borrow(&self) -> ValueRef<'_> {
        match self {
            Value::Text(text) => ValueRef::Text(text),
            Value::Names(names) => ValueRef::Names(names),
            Value::Date(date) => ValueRef::Date(date),
            Value::Pages(pages) => ValueRef::Pages(pages),
            Value::Keywords(keywords) => ValueRef::Keywords(keywords),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::Names(names) => names.is_empty(),
            Value::Date(_) | Value::Pages(_) => false,
            Value::Keywords(keywords) => keywords.is_empty(),
        }
    }

    pub(super) fn fits(&self, class: FieldClass) -> bool {
        matches!(
            (self, class),
            (Value::Text(_), FieldClass::Text | FieldClass::Number)
                | (Value::Names(_), FieldClass::Names)
                | (Value::Date(_), FieldClass::Date)
                | (Value::Pages(_), FieldClass::Pages)
                | (Value::Keywords(_), FieldClass::Keywords)
        )
    }
}
