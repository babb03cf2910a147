//! From pieces to persons and bodies.

use super::body::bodies;
use super::piece::{Atom, Before, Form, Piece, atoms, pieces};
use crate::lex::Lexed;
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::{Name, Names, Person};

/// A name and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct TypedName {
    pub(crate) name: Name,
    pub(crate) span: Span,
}

/// Names read from a stretch of text.
#[derive(Clone, Debug)]
pub(crate) struct NameList {
    pub(crate) names: Vec<TypedName>,
    /// Whether `et al.` stood there.
    pub(crate) others: bool,
    /// How much it looks like a list of names, 0 to 1.
    pub(crate) likeness: f32,
}

impl NameList {
    /// Whether every name is a person's.
    pub(crate) fn is_of_persons(&self) -> bool {
        self.names.iter().all(|typed| matches!(typed.name, Name::Person(_)))
    }

    /// The names as the model has them.
    pub(crate) fn to_names(&self) -> Names {
        let list = self.names.iter().map(|typed| typed.name.clone()).collect();
        Names { list, others: self.others }
    }
}

/// Reads the tokens `start..end`, all of them, as a list of names; `None` where they are none.
pub(crate) fn name_list(lexed: &Lexed, start: usize, end: usize) -> Option<NameList> {
    let end = trim_end(lexed, start, end);
    if start >= end {
        return None;
    }
    if let Some(bodies) = bodies(lexed, start, end) {
        return Some(bodies);
    }
    let pieces = pieces(lexed, start, end);
    let complete = pieces.last().is_some_and(|piece| piece.end >= end && piece.form != Form::Other);
    if complete {
        return persons(lexed, &pieces);
    }
    None
}

/// The names in a text that is known to be a list of names: where it keeps to no form that is
/// known, each part between strong separators is tried alone, and what is still none is a body.
pub(crate) fn names_in(lexed: &Lexed) -> Option<NameList> {
    let end = trim_end(lexed, 0, lexed.len());
    if end == 0 {
        return None;
    }
    if let Some(list) = name_list(lexed, 0, end) {
        return Some(list);
    }
    let strong = (0..end).any(|at| matches!(lexed.word(at), ";" | "；"));
    let divides = |at: usize| {
        if strong {
            matches!(lexed.word(at), ";" | "；")
        } else {
            lexed.has(at, Class::Conjunction) && !lexed.word(at).starts_with(char::is_uppercase)
                || matches!(lexed.word(at), "&" | "/")
        }
    };
    let mut all = NameList { names: Vec::new(), others: false, likeness: 0.2 };
    let mut start = 0;
    for at in 0..=end {
        if at < end && !divides(at) {
            continue;
        }
        let stop = trim_end(lexed, start, at);
        if stop > start {
            let part = name_list(lexed, start, stop)
                .unwrap_or_else(|| super::body::one_body(lexed, start, stop, 0.2));
            all.names.extend(part.names);
            all.others |= part.others;
        }
        start = at + 1;
    }
    (!all.names.is_empty()).then_some(all)
}

fn trim_end(lexed: &Lexed, start: usize, mut end: usize) -> usize {
    while end > start && matches!(lexed.word(end - 1), "," | ";" | ":" | "，") {
        end -= 1;
    }
    // the sentence's stop, behind a word too long to be an initial
    if end > start + 1 && lexed.is_mark(end - 1, '.') {
        let before = lexed.word(end - 2);
        if before.chars().count() > 2
            && before.chars().any(char::is_lowercase)
            && !lexed.has(end - 2, Class::Suffix)
            && !lexed.has(end - 2, Class::EtAl)
            && before != "al"
        {
            end -= 1;
        }
    }
    end
}

fn persons(lexed: &Lexed, pieces: &[Piece]) -> Option<NameList> {
    let mut list = NameList { names: Vec::new(), others: false, likeness: 0.0 };
    let mut total = 0.0;
    let mut worst = 1.0_f32;
    let strong = pieces.iter().any(|piece| piece.before == Before::Strong);
    let mut at = 0;
    let mut inverted = 0;
    let mut initials = 0;
    while at < pieces.len() {
        let piece = pieces[at];
        let next = pieces.get(at + 1).filter(|next| next.before == Before::Comma);
        let mut used = 1;
        let (person, likeness) = match piece.form {
            Form::Others => {
                list.others = true;
                at += 1;
                continue;
            }
            Form::Suffix => {
                if let Some(Name::Person(person)) =
                    list.names.last_mut().map(|typed| &mut typed.name)
                {
                    person.suffix = Some(text(lexed, piece.start, piece.end).to_owned());
                    at += 1;
                    continue;
                }
                return None;
            }
            Form::WordsInitials => {
                initials += 1;
                let is_last = at + 1 == pieces.len();
                (family_first(lexed, piece, is_last)?, 0.95)
            }
            Form::InitialsWords
                if next.is_some_and(|n| n.form == Form::Initials)
                    && piece.words == 1
                    && piece.before == Before::Nothing
                    && inverted == 0 =>
            {
                return None;
            }
            Form::InitialsWords => {
                initials += 1;
                (given_first(lexed, piece)?, 0.95)
            }
            Form::WordsInitialsWords => (given_first(lexed, piece)?, 0.9),
            Form::Words => match next {
                // `Smith, Jr., John` and `Smith, John`
                Some(next)
                    if next.form == Form::Suffix
                        && pieces.get(at + 2).is_some_and(|p| {
                            matches!(p.form, Form::Initials | Form::Words | Form::WordsInitials)
                                && p.before == Before::Comma
                        }) =>
                {
                    let mut person = inverted_person(lexed, piece, pieces[at + 2])?;
                    person.suffix = Some(text(lexed, next.start, next.end).to_owned());
                    used = 3;
                    (person, 0.95)
                }
                Some(next) if takes_given(piece, *next, inverted > 0, strong, pieces.len()) => {
                    used = 2;
                    inverted += 1;
                    initials += usize::from(next.form == Form::Initials);
                    let likeness = if next.form == Form::Words { 0.8 } else { 1.0 };
                    (inverted_person(lexed, piece, *next)?, likeness)
                }
                _ if piece.words >= 2 && piece.words <= 4 => {
                    // behind `Herman, L.` a straight name has initials too
                    (given_first(lexed, piece)?, if initials > 0 { 0.2 } else { 0.55 })
                }
                _ if piece.ideographic => (inverted_person_alone(lexed, piece), 0.8),
                _ => (inverted_person_alone(lexed, piece), 0.25),
            },
            Form::Initials | Form::Other => return None,
        };
        let last = pieces[at + used - 1];
        let span = lexed.span(piece.start, last.end);
        list.names.push(TypedName { name: person.into(), span });
        total += likeness;
        worst = worst.min(likeness);
        at += used;
    }
    if list.names.is_empty() {
        return None;
    }
    // one piece that fits badly says more than many that fit
    list.likeness = (total / list.names.len() as f32 + worst) / 2.0;
    without_the_sentences_stop(&mut list);
    if list.others {
        // nothing but a list of names ends in `et al.`
        list.likeness = list.likeness.max(0.8);
    }
    Some(list)
}

/// `Ito H, Meyer F.`: where no other initial has a full stop, the last one's is the sentence's.
fn without_the_sentences_stop(list: &mut NameList) {
    let Some((last, others)) = list.names.split_last_mut() else { return };
    let given = |typed: &TypedName| match &typed.name {
        Name::Person(person) => person.given.clone().unwrap_or_default(),
        Name::Literal(_) => String::new(),
    };
    let stopless = others.iter().all(|typed| !given(typed).contains('.'));
    let letters = given(last).chars().filter(|c| c.is_alphabetic()).count();
    let undotted = given(last).trim_end_matches('.').chars().all(char::is_uppercase);
    if stopless
        && undotted
        && (!others.is_empty() && letters == 1 || letters > 1)
        && let Name::Person(person) = &mut last.name
        && person.suffix.is_none()
        && person.dropping_particle.is_none()
        && let Some(bare) = person.given.as_deref().and_then(|given| given.strip_suffix('.'))
    {
        person.given = Some(bare.to_owned());
        last.span.end -= 1;
    }
}

/// Whether `next` is the given name of the family name `piece`.
fn takes_given(piece: Piece, next: Piece, inverted: bool, strong: bool, pieces: usize) -> bool {
    match next.form {
        Form::Initials => true,
        Form::WordsInitials | Form::InitialsWords if strong => true,
        // `Bentley, W. Holman`; but `Roe, J. Smith, K. Doe` are straight names
        Form::InitialsWords => {
            piece.words == 1
                && next.words == 1
                && (piece.capitals && !next.capitals
                    || (piece.before == Before::Nothing && pieces <= 2))
        }
        Form::WordsInitials => piece.words <= 2 && !next.capitals || pieces == 2,
        Form::Words if piece.ideographic && next.ideographic => false,
        Form::Words => {
            strong
                || piece.capitals && !next.capitals
                || piece.words == 1 && next.words <= 2
                || (inverted || pieces == 2)
                    && next.words <= 2
                    && piece.words <= 3
                    && !(piece.words == 2 && next.words == 2)
        }
        Form::WordsInitialsWords => strong,
        Form::Suffix | Form::Others | Form::Other => false,
    }
}

pub(super) fn text<'a>(lexed: &Lexed<'a>, start: usize, end: usize) -> &'a str {
    lexed.span(start, end).of(lexed.text).unwrap_or("").trim()
}

/// A particle typed in lower case before the family is the model's own part; one with a
/// capital belongs to the family as the bearer spells it.
fn with_family(lexed: &Lexed, start: usize, end: usize) -> Person {
    let mut family = start;
    while family + 1 < end
        && lexed.has(family, Class::Particle)
        && !lexed.word(family).starts_with(char::is_uppercase)
        && !lexed.word(family).contains(['\'', '’'])
    {
        family += 1;
    }
    Person {
        family: text(lexed, family, end).to_owned(),
        non_dropping_particle: (family > start).then(|| text(lexed, start, family).to_owned()),
        ..Person::default()
    }
}

fn inverted_person_alone(lexed: &Lexed, piece: Piece) -> Person {
    with_family(lexed, piece.start, piece.end)
}

/// `Family, Given particle, Suffix`
fn inverted_person(lexed: &Lexed, family: Piece, given: Piece) -> Option<Person> {
    let mut person = with_family(lexed, family.start, family.end);
    let atoms = atoms(lexed, given.start, given.end)?;
    let mut end = given.end;
    for &(atom, start, _) in atoms.iter().rev() {
        match atom {
            Atom::Suffix if person.suffix.is_none() && start > given.start => {
                person.suffix = Some(text(lexed, start, end).to_owned());
                end = start;
            }
            Atom::Particle if start > given.start => {
                let particle = text(lexed, start, end);
                person.dropping_particle = Some(match person.dropping_particle {
                    Some(later) => format!("{particle} {later}"),
                    None => particle.to_owned(),
                });
                end = start;
            }
            _ => break,
        }
    }
    person.given = Some(text(lexed, given.start, end).to_owned());
    Some(person)
}

/// `Schäfer C`, `van den Berg R`, `Brown Cecil H.`
fn family_first(lexed: &Lexed, piece: Piece, is_last: bool) -> Option<Person> {
    let atoms = atoms(lexed, piece.start, piece.end)?;
    let initials = atoms.iter().position(|(atom, ..)| *atom == Atom::Initials)?;
    // `Brown Cecil H.`: a plain word before the initials and behind another is a given name,
    // where the initials have a full stop that is not the sentence's
    let words = atoms[..initials].iter().filter(|(atom, ..)| *atom == Atom::Word).count();
    let dotted = lexed.is_mark(atoms[initials].2.saturating_sub(1), '.');
    let split =
        if words >= 2 && dotted && !is_last && !piece.capitals { initials - 1 } else { initials };
    let (_, at, _) = *atoms.get(split)?;
    let mut person = with_family(lexed, piece.start, at);
    let suffix = atoms.iter().find(|(atom, ..)| *atom == Atom::Suffix);
    person.suffix = suffix.map(|&(_, start, end)| text(lexed, start, end).to_owned());
    match suffix {
        // `King Jr ML`: the suffix stands inside
        Some(&(_, start, _)) if start < at => {
            let family = with_family(lexed, piece.start, start);
            person.family = family.family;
            person.given = Some(text(lexed, at, piece.end).to_owned());
        }
        suffix => {
            let end = suffix.map_or(piece.end, |&(_, start, _)| start);
            person.given = Some(text(lexed, at, end).to_owned());
        }
    }
    Some(person)
}

/// `M.R. Waldman`, `Tara J. Radin`, `J. van der Auwera`, `Martin Calkins`
fn given_first(lexed: &Lexed, piece: Piece) -> Option<Person> {
    let mut atoms = atoms(lexed, piece.start, piece.end)?;
    let mut end = piece.end;
    let mut suffix = None;
    if let Some(&(Atom::Suffix, start, _)) = atoms.last() {
        suffix = Some(text(lexed, start, end).to_owned());
        end = start;
        atoms.pop();
    }
    // the family begins at the first particle, else at the last word
    let first_given = atoms.iter().position(|(atom, ..)| *atom != Atom::Particle)?;
    let family = atoms
        .iter()
        .enumerate()
        .position(|(index, (atom, ..))| index > first_given && *atom == Atom::Particle)
        .unwrap_or(atoms.len() - 1);
    // behind initials every word is family: `F. Ramón Cajal`; `W. Holman Bentley` is not to be
    // told from it, and the last word alone is the commoner reading
    let (_, at, _) = *atoms.get(family)?;
    let mut person = with_family(lexed, at, end);
    person.suffix = suffix;
    person.given = (at > piece.start).then(|| text(lexed, piece.start, at).to_owned());
    Some(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let lexed = Lexed::new(text);
        let list = name_list(&lexed, 0, lexed.len())?;
        let mut names: Vec<_> = list.names.iter().map(|typed| typed.name.to_string()).collect();
        if list.others {
            names.push("…".into());
        }
        Some(names)
    }

    #[test]
    fn persons_in_every_order() {
        for (text, want) in [
            ("Roe, E.", vec!["Roe, E."]),
            ("Den Boer, M. & L. Block", vec!["Den Boer, M.", "Block, L."]),
            ("Tait, S. & Van Der Spuy, E.", vec!["Tait, S.", "Van Der Spuy, E."]),
            ("Popescu, C.F. & Chervase, C.", vec!["Popescu, C.F.", "Chervase, C."]),
            ("Maquet, P. & Burtin Zortea, J.", vec!["Maquet, P.", "Burtin Zortea, J."]),
            ("Yi-chao, L.", vec!["Yi-chao, L."]),
            ("Glasgow K, Garner M", vec!["Glasgow, K", "Garner, M"]),
            ("de Goeje CH", vec!["de Goeje, CH"]),
            ("Skorik PJa", vec!["Skorik, PJa"]),
            ("Voss E, Tai S-JD, Li Z", vec!["Voss, E", "Tai, S-JD", "Li, Z"]),
            ("M.R. Waldman", vec!["Waldman, M.R."]),
            ("J. Hudson et E. Richards", vec!["Hudson, J.", "Richards, E."]),
            ("O.-E. Schüddekopf", vec!["Schüddekopf, O.-E."]),
            ("Tara J. Radin and Martin Calkins", vec!["Radin, Tara J.", "Calkins, Martin"]),
            (
                "CHIASSON, T. Carter, MANNS, Braden J. and STELFOX, Henry Thomas",
                vec!["CHIASSON, T. Carter", "MANNS, Braden J.", "STELFOX, Henry Thomas"],
            ),
            (
                "Dimier-Poisson, I. H., D. T. Bout, and P. Quéré",
                vec!["Dimier-Poisson, I. H.", "Bout, D. T.", "Quéré, P."],
            ),
            ("Bentley, W. Holman", vec!["Bentley, W. Holman"]),
            ("HENDERSON, Eugénie J. A.", vec!["HENDERSON, Eugénie J. A."]),
            (
                "Agarwal, Alekh; Wainwright, Martin J; Bartlett, Peter u. a.",
                vec!["Agarwal, Alekh", "Wainwright, Martin J", "Bartlett, Peter", "…"],
            ),
            ("J. van der Auwera e D.P. O’Baoill", vec!["van der Auwera, J.", "O’Baoill, D.P."]),
            ("MURANE E., MURANE J.", vec!["MURANE, E.", "MURANE, J."]),
            ("King, Jr., Martin Luther", vec!["King, Martin Luther, Jr."]),
            ("V.I. Lytkin et al.", vec!["Lytkin, V.I.", "…"]),
            ("Andrade, T. de and Escada, P.", vec!["Andrade, T. de", "Escada, P."]),
            ("Keupp, H./Röhrle, B.", vec!["Keupp, H.", "Röhrle, B."]),
            ("余敏, 朱江, and 丁照蕾", vec!["余敏", "朱江", "丁照蕾"]),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn bodies_keep_their_own_and() {
        for (text, want) in [
            (
                "UNODC and Organization for Security and Cooperation in Europe",
                vec!["UNODC", "Organization for Security and Cooperation in Europe"],
            ),
            (
                "Department of Economic and Social Affairs",
                vec!["Department of Economic and Social Affairs"],
            ),
            (
                "Ministry of Health and Ministry of Finance",
                vec!["Ministry of Health", "Ministry of Finance"],
            ),
            ("INTERNATIONAL ENERGY AGENCY", vec!["INTERNATIONAL ENERGY AGENCY"]),
            ("HCSP", vec!["HCSP"]),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn titles_are_no_names() {
        for text in [
            "The harbour watch",
            "Computable measure of entanglement",
            "12 men",
            "",
            "On dogs and cats",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
