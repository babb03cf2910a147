//! From the text of a list of names to persons and bodies.

use super::body::bodies;
use super::literal::literal;
use super::merge::{are_bodies, spanish, with_lower, with_their_own_and, with_their_own_stop};
use super::person::{Habit, Source};
use super::piece::{Form, Piece, pieces};
use super::reading::{Element, reading};
use super::units::units;
use crate::lex::Lexed;
use crate::lexicon::Class;
use crate::span::Span;
use crate::text::is_alphabetic;
use crate::work::{Name, Names};

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
    /// The names as the model has them, and where each stands.
    pub(crate) fn parted(self) -> (Names, Vec<Span>) {
        let (list, spans) = self.names.into_iter().map(|typed| (typed.name, typed.span)).unzip();
        (Names { list, others: self.others }, spans)
    }
}

/// The names in a text that is known to be a list of names, in its likeliest reading; `None`
/// where it has no letter.
pub(crate) fn names_in(lexed: &Lexed) -> Option<NameList> {
    if let Some(list) = literal(lexed) {
        return Some(list);
    }
    let (start, end) = without_roles(lexed);
    let units = units(lexed, start, end);
    let (mut pieces, others) = pieces(lexed, &units);
    if pieces.is_empty() {
        return None;
    }
    with_their_own_stop(&units, &mut pieces);
    with_lower(&units, lexed, &mut pieces);
    with_their_own_and(lexed, &units, &mut pieces);
    if are_bodies(lexed, &units, &pieces)
        && let Some(mut list) = bodies(lexed, start, end)
    {
        list.others |= others;
        return Some(list);
    }
    spanish(lexed, &units, &mut pieces);
    let (elements, cost) = reading(&pieces);
    let source = Source { lexed, units: &units, habit: habit(&pieces, &elements) };
    let mut names: Vec<TypedName> = Vec::with_capacity(elements.len());
    for &element in &elements {
        let (name, from, to) = match element {
            Element::Pair(at) => {
                (source.inverted(&pieces[at], &pieces[at + 1]), pieces[at], pieces[at + 1])
            }
            Element::Straight(at) => (source.alone(&pieces[at], false), pieces[at], pieces[at]),
            Element::FamilyFirst(at) => (source.alone(&pieces[at], true), pieces[at], pieces[at]),
        };
        let end = to.suffix.map_or(to.end, |suffix| (suffix + 1).max(to.end));
        names.push(TypedName { name, span: source.span(from.start, end) });
    }
    let likeness = (1.0 - cost / names.len().max(1) as f32 / 2.5).clamp(0.1, 1.0);
    let mut list = NameList { names, others, likeness };
    without_the_sentences_stop(lexed, &mut list);
    Some(list)
}

/// The tokens without `In`, `edited by`, `eds.` at their ends.
fn without_roles(lexed: &Lexed) -> (usize, usize) {
    let (mut start, mut end) = (0, lexed.len());
    if lexed.has(0, Class::Container) && !matches!(lexed.word(1), "," | "." | "") {
        let upper = lexed.word(0).starts_with(char::is_uppercase);
        if lexed.is_mark(1, ':') {
            start = 2;
        } else if lexed.word(0).eq_ignore_ascii_case("in") || !upper && lexed.word(0).len() > 1 {
            start = 1;
        }
    }
    for class in [Class::EditorBefore, Class::TranslatorBefore] {
        if let Some(after) = lexed.phrase(start, class)
            && after < end
            && !lexed.is_mark(after, ',')
            && !lexed.has(after, Class::Body)
        {
            start = after + usize::from(lexed.is_mark(after, ':'));
            // `edited and translated by`
            if lexed.has(start, Class::TranslatorBefore) && lexed.word(start + 1) == "by" {
                start += 2;
            }
            break;
        }
    }
    while end > start + 1
        && matches!(lexed.word(end - 1), "," | ";" | ":" | "，" | "." | "/")
        && (!lexed.is_mark(end - 1, '.') || lexed.has(end - 2, Class::EditorAfter))
    {
        end -= 1;
    }
    let role = lexed.word(end.saturating_sub(1));
    if end > start + 1
        && lexed.has(end - 1, Class::EditorAfter)
        && role.len() > 1
        && (role != "Ed" || end > start + 3)
        && !role.contains(char::is_whitespace)
        && role.chars().skip(1).all(char::is_lowercase)
        && (lexed.is_mark(end - 2, ',')
            || role.starts_with(char::is_lowercase)
            || matches!(role, "Eds" | "Hrsg"))
    {
        end -= 1;
    }
    (start, end)
}

fn habit(pieces: &[Piece], elements: &[Element]) -> Habit {
    let mut only = true;
    let mut sure = elements.len() == 1;
    for &element in elements {
        match element {
            Element::Pair(at) => {
                let initials = pieces[at + 1].form == Form::Initials;
                only &= initials;
                sure |= initials;
            }
            Element::Straight(at) | Element::FamilyFirst(at) => match pieces[at].form {
                Form::InitialsWords | Form::WordsInitials => sure |= pieces[at].words == 1,
                Form::Body => {}
                Form::Words if pieces[at].words <= 1 || pieces[at].ideographic => {}
                _ => only = false,
            },
        }
    }
    let full = elements.iter().any(|&element| match element {
        Element::FamilyFirst(at) => pieces[at].form == Form::Words && pieces[at].words > 1,
        _ => false,
    });
    Habit { initials_only: only && sure, full_family_first: full }
}

/// `Ito H, Meyer F.`: where no other initial has a full stop, the last one's is the sentence's.
fn without_the_sentences_stop(lexed: &Lexed, list: &mut NameList) {
    let Some((last, others)) = list.names.split_last_mut() else { return };
    if !last.span.of(lexed.text).is_some_and(|text| text.ends_with('.')) {
        return;
    }
    fn given(typed: &TypedName) -> &str {
        match &typed.name {
            Name::Person(person) => person.given.as_deref().unwrap_or(""),
            Name::Literal(_) => "",
        }
    }
    let any = others
        .iter()
        .map(given)
        .any(|given| !given.is_empty() && !given.contains(char::is_lowercase));
    let stopless = others.iter().all(|typed| !given(typed).contains('.'));
    let letters = given(last).chars().filter(|&c| is_alphabetic(c)).count();
    let undotted = given(last).trim_end_matches('.').chars().all(char::is_uppercase);
    if stopless
        && undotted
        && (any && letters == 1 || letters > 1)
        && let Name::Person(person) = &mut last.name
        && person.suffix.is_none()
        && person.dropping_particle.is_none()
        && let Some(bare) = person.given.as_deref().and_then(|given| given.strip_suffix('.'))
    {
        person.given = Some(bare.to_owned());
        last.span.end -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let lexed = Lexed::new(text);
        let list = names_in(&lexed)?;
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
    fn the_list_keeps_to_one_form() {
        for (text, want) in [
            ("Ness, Arlo, P. Quill & Bea Dorn", vec!["Ness, Arlo", "Quill, P.", "Dorn, Bea"]),
            ("Quill and Ness", vec!["Quill", "Ness"]),
            ("Quill, Ness and Dorn", vec!["Quill", "Ness", "Dorn"]),
            ("QUILLER Anna, NESSMAN Paul", vec!["QUILLER, Anna", "NESSMAN, Paul"]),
            ("Anna QUILLER et Paul DE NESS", vec!["QUILLER, Anna", "DE NESS, Paul"]),
            ("Quill Ness T., Dornman R. N.", vec!["Quill Ness, T.", "Dornman, R. N."]),
            ("Quillman Anna L.", vec!["Quillman, Anna L."]),
            ("Quiller Peter/Nessman Maria", vec!["Quiller, Peter", "Nessman, Maria"]),
            ("Quill, A. – Ness, P.", vec!["Quill, A.", "Ness, P."]),
            ("N. Quill Dorn, R. Ness, and O. Lund", vec!["Quill Dorn, N.", "Ness, R.", "Lund, O."]),
            ("J. Peter Quill, R. Ness", vec!["Quill, J. Peter", "Ness, R."]),
            ("R. A. Quill Jr., A. Ness", vec!["Quill, R. A., Jr.", "Ness, A."]),
            ("Quill, D. A., Jr., and Ness, S. K.", vec!["Quill, D. A., Jr.", "Ness, S. K."]),
            ("Quill y Ness, S.", vec!["Quill y Ness, S."]),
            ("O Quillaigh C.", vec!["O Quillaigh, C."]),
            ("QUILL, A. E NESSMAN, T.", vec!["QUILL, A.", "NESSMAN, T."]),
            ("QUILLER, ANNA, AND PAUL NESSMAN", vec!["QUILLER, ANNA", "NESSMAN, PAUL"]),
            ("quill, anna; Ness, P.", vec!["quill, anna", "Ness, P."]),
            ("Квиллов, И.И. и Нессов, А.", vec!["Квиллов, И.И.", "Нессов, А."]),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn the_noise_of_pdfs_is_mended() {
        for (text, want) in [
            ("R.Quill ,H .W.Ness", vec!["Quill, R.", "Ness, H.W."]),
            ("Quill,E .& Ness ,U", vec!["Quill, E.", "Ness, U"]),
            ("A. Quill, andM .Ness", vec!["Quill, A.", "Ness, M."]),
            ("QuillM .,Ness K", vec!["Quill, M.", "Ness, K"]),
            ("T.-M. Quill, S. -A.Ness", vec!["Quill, T.-M.", "Ness, S.-A."]),
            ("Quill SM Ness J", vec!["Quill, SM", "Ness, J"]),
            ("Quill, A. S., etal", vec!["Quill, A. S.", "…"]),
            ("A. Quill와/과B. Ness", vec!["Quill, A.", "Ness, B."]),
            ("5. W. Quill", vec!["Quill, W."]),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn words_around_the_names_are_left_out() {
        for (text, want) in [
            ("In A. Quill & B. Ness (Eds.)", vec!["Quill, A.", "Ness, B."]),
            ("edited by Anna Quill", vec!["Quill, Anna"]),
            ("Quill, Anna, and Paul Ness, eds.", vec!["Quill, Anna", "Ness, Paul"]),
            ("Quill GR (Gregor), Ness A", vec!["Quill, GR", "Ness, A"]),
            ("———, and A. Quill", vec!["———", "Quill, A."]),
            ("ders.", vec!["ders."]),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn bodies_stand_among_persons() {
        for (text, want) in [
            ("Quill J, Ness S, R Core Team", vec!["Quill, J", "Ness, S", "R Core Team"]),
            ("U.S. Department of Tides", vec!["U.S. Department of Tides"]),
            ("UNESCO, OECD", vec!["UNESCO", "OECD"]),
            ("Quill, Anna; Tidal Survey Office", vec!["Quill, Anna", "Tidal Survey Office"]),
            ("Arbeitsgruppe Tauber Fischer", vec!["Arbeitsgruppe Tauber Fischer"]),
            ("Defensoría del Mar", vec!["Defensoría del Mar"]),
            ("QDF Collaboration, F. Ness", vec!["QDF Collaboration", "Ness, F."]),
            ("Food and Tide Organization", vec!["Food and Tide Organization"]),
            (
                "United Isles. Tidal Agency. Office of Safety",
                vec!["United Isles. Tidal Agency. Office of Safety"],
            ),
        ] {
            assert_eq!(read(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn hostile_lists_take_linear_time_and_never_panic() {
        let parts = [
            "(",
            "A.",
            "A-",
            "´",
            "y ",
            "Q, ",
            "Quill, A., ",
            "—",
            "et al. ",
            "and ",
            "de ",
            "a ",
            "QuillA ",
            "Jr. ",
            "、と",
            "A. Quill ",
            "Team and ",
            "Q y Q, A., ",
            ". ",
            "1. ",
            "[a",
            "Q (A.) ",
            "김·이",
            "Q-",
            "v. ",
        ];
        for part in parts {
            read(&part.repeat(20_000));
            for other in parts {
                read(&format!("{part}{other}{part}"));
                read(&format!("{other}{part}Quill{other}"));
            }
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
    fn without_letters_there_are_no_names() {
        for text in ["", ", ;", "."] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
