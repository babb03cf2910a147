//! The model: one cited [`Work`] in CSL's words, and the value types of its fields.
//!
//! Readers and the citation parser build works, writers spell them. The list of fields stands in
//! one place, [`field`](self::Field); a field added there is led everywhere else by the compiler.
//! Terms are those of the CSL 1.0.2 specification, appendices III (types) and IV (variables).

mod date;
mod evidence;
mod extra;
mod field;
mod identifier;
mod kind;
mod lookup;
mod name;
mod page;
mod rich_text;
mod value;

pub use date::{Date, DateForm, InvalidDate, PartialDate, Season};
pub use evidence::{Confidence, Evidence, FieldEvidence};
pub use extra::{Extra, Origin};
pub use field::{Field, Work};
pub use identifier::{doi_in, is_doi, is_isbn, is_issn};
pub use kind::Kind;
pub(crate) use lookup::Lookup;
pub use name::{Name, Names, Person};
pub(crate) use page::is_page_dash;
pub use page::{PageRange, Pages};
pub(crate) use rich_text::{Mark, Piece, pieces};
pub use value::{FieldClass, Value, ValueRef, WrongClass};
