//! Names of persons and bodies, in CSL's parts.

/// A person's name in CSL's parts (specification, "Name variables").
///
/// `family` is never meant to be empty; a person known by one name has it there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Person {
    /// The family name, without particles that stand apart from it.
    pub family: String,
    /// The given names or initials.
    pub given: Option<String>,
    /// A particle dropped when the family name stands alone: "von" in "Beethoven".
    pub dropping_particle: Option<String>,
    /// A particle kept when the family name stands alone: "van der" in "van der Berg".
    pub non_dropping_particle: Option<String>,
    /// "Jr.", "III".
    pub suffix: Option<String>,
}

/// A person, or a body whose name is one piece.
///
/// ```
/// use citelift::Name;
/// assert_eq!(Name::person("Den Boer", "M.").to_string(), "Den Boer, M.");
/// assert_eq!(Name::body("World Bank").to_string(), "World Bank");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A person.
    Person(Person),
    /// A body, CSL's `literal`.
    Literal(String),
}

impl Name {
    /// A person with a family and a given name; an empty given name means none.
    pub fn person(family: impl Into<String>, given: impl Into<String>) -> Self {
        let given = given.into();
        Name::Person(Person {
            family: family.into(),
            given: (!given.is_empty()).then_some(given),
            ..Person::default()
        })
    }

    /// A body.
    pub fn body(name: impl Into<String>) -> Self {
        Name::Literal(name.into())
    }

    /// The family name with its non-dropping particle, or the body's name: what a list is
    /// sorted by.
    #[must_use]
    pub fn sort_name(&self) -> String {
        match self {
            Name::Person(person) => person
                .non_dropping_particle
                .iter()
                .chain([&person.family])
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" "),
            Name::Literal(literal) => literal.clone(),
        }
    }
}

impl From<Person> for Name {
    fn from(person: Person) -> Self {
        Name::Person(person)
    }
}

impl std::fmt::Display for Name {
    /// `particle Family, Given particle, Suffix`, the inverted form; for people to read.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sort_name())?;
        if let Name::Person(person) = self {
            if let Some(given) = &person.given {
                write!(f, ", {given}")?;
            }
            if let Some(particle) = &person.dropping_particle {
                write!(f, " {particle}")?;
            }
            if let Some(suffix) = &person.suffix {
                write!(f, ", {suffix}")?;
            }
        }
        Ok(())
    }
}

/// Names in order, and whether more were meant ("et al.", "and others").
///
/// ```
/// use citelift::{Name, Names};
/// let mut authors = Names::from(vec![Name::person("Roe", "J.")]);
/// authors.others = true;
/// assert_eq!(authors.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Names {
    /// The names that are given.
    pub list: Vec<Name>,
    /// Whether the source says that there are more.
    pub others: bool,
}

impl Names {
    /// How many names are given.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no name is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds a name at the end.
    pub fn push(&mut self, name: Name) {
        self.list.push(name);
    }

    /// The first name.
    #[must_use]
    pub fn first(&self) -> Option<&Name> {
        self.list.first()
    }

    /// The names in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Name> {
        self.list.iter()
    }
}

impl From<Vec<Name>> for Names {
    fn from(list: Vec<Name>) -> Self {
        Self { list, others: false }
    }
}

impl FromIterator<Name> for Names {
    fn from_iter<I: IntoIterator<Item = Name>>(names: I) -> Self {
        names.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Names {
    type Item = &'a Name;
    type IntoIter = std::slice::Iter<'a, Name>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
