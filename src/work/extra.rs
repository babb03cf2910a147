//! What a file had and the model has no field for.

/// Where an [`Extra`] came from, and where alone it is written back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// A BibTeX or BibLaTeX field.
    Bibtex,
    /// A RIS tag.
    Ris,
    /// A property of a CSL-JSON item, its value as JSON text.
    CslJson,
}

/// A named value that the model has no field for, kept with its origin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Extra {
    /// The format it came from.
    pub origin: Origin,
    /// Its name there.
    pub name: String,
    /// Its value, as that format spelled it.
    pub value: String,
}
