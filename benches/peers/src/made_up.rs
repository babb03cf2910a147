//! The works that all files of the benches hold, made up with a number as seed: articles, books,
//! chapters, theses and papers of proceedings as libraries have them, names of one to six
//! persons among them bodies, particles and suffixes. Every field is known, so that what a
//! reader gives can be looked at.

use crate::words;

/// A person, or a body whose name is one piece.
#[derive(Clone, Debug)]
pub(crate) enum Name {
    Person {
        given: &'static str,
        particle: Option<&'static str>,
        family: &'static str,
        suffix: Option<&'static str>,
    },
    Body(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Article,
    Book,
    Chapter,
    Thesis,
    Paper,
}

/// A work, its values as a reader sees them.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) authors: Vec<Name>,
    pub(crate) editors: Vec<Name>,
    pub(crate) title: String,
    /// The journal, the book that a chapter is of, the proceedings.
    pub(crate) container: Option<&'static str>,
    pub(crate) year: usize,
    pub(crate) month: Option<usize>,
    pub(crate) volume: Option<usize>,
    pub(crate) issue: Option<usize>,
    pub(crate) pages: Option<(usize, usize)>,
    pub(crate) edition: Option<usize>,
    pub(crate) publisher: Option<&'static str>,
    pub(crate) place: Option<&'static str>,
    pub(crate) doi: Option<String>,
    pub(crate) url: Option<String>,
    /// An ISSN or an ISBN.
    pub(crate) number: Option<String>,
    pub(crate) abstract_: Option<String>,
    pub(crate) keywords: Vec<&'static str>,
    /// Whether a `.bib` file spells it with LaTeX's commands or in plain Unicode.
    pub(crate) latex: bool,
}

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn maybe<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| make(self))
    }
}

/// So many works, always the same.
pub(crate) fn works(count: usize) -> Vec<Made> {
    let mut random = Random(2026);
    (0..count).map(|number| work(number, &mut random)).collect()
}

fn work(number: usize, random: &mut Random) -> Made {
    let kind = match random.below(100) {
        0..50 => Kind::Article,
        50..68 => Kind::Book,
        68..82 => Kind::Chapter,
        82..94 => Kind::Paper,
        _ => Kind::Thesis,
    };
    let article = kind == Kind::Article;
    let inside = matches!(kind, Kind::Chapter | Kind::Paper);
    let authors = if kind == Kind::Thesis {
        vec![person(random)]
    } else if random.chance(4) {
        vec![Name::Body(random.of(words::BODIES))]
    } else {
        let many = random.of(&[1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6]);
        (0..many).map(|_| person(random)).collect()
    };
    let (house, town) = random.of(words::PUBLISHERS);
    let year = random.between(1962, 2026);
    let first = random.between(1, 600);
    let family = match &authors[0] {
        Name::Person { family, .. } => {
            family.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
        }
        Name::Body(_) => "body".to_owned(),
    };
    Made {
        key: format!("{family}{year}n{number}"),
        kind,
        editors: match kind {
            Kind::Chapter => (0..random.between(1, 3)).map(|_| person(random)).collect(),
            _ => Vec::new(),
        },
        authors,
        title: title(random),
        container: match kind {
            Kind::Article => Some(random.of(words::CONTAINERS)),
            Kind::Chapter => Some(random.of(words::BOOKS)),
            Kind::Paper => Some(random.of(words::MEETINGS)),
            Kind::Book | Kind::Thesis => None,
        },
        year,
        month: random.maybe(if article { 60 } else { 10 }, |random| random.between(1, 13)),
        volume: random.maybe(if article { 95 } else { 0 }, |random| random.between(1, 90)),
        issue: random.maybe(if article { 80 } else { 0 }, |random| random.between(1, 13)),
        pages: random.maybe(if article || inside { 95 } else { 0 }, |random| {
            (first, first + random.between(2, 40))
        }),
        edition: random
            .maybe(if kind == Kind::Book { 20 } else { 0 }, |random| random.between(2, 6)),
        publisher: match kind {
            Kind::Article => None,
            Kind::Thesis => Some(random.of(words::SCHOOLS)),
            _ => Some(house),
        },
        place: (!article && kind != Kind::Thesis).then_some(town),
        doi: random.maybe(if article { 75 } else { 25 }, |random| {
            format!("10.{}/port.{year}.{number:05}", random.between(1000, 9999))
        }),
        url: random.maybe(30, |random| {
            format!(
                "https://example.org/{}/item?id={number}&lang=en",
                random.of(&["a", "b_c", "d~e"])
            )
        }),
        number: random.maybe(40, |random| if article { issn(random) } else { isbn(random) }),
        abstract_: random.maybe(30, |random| {
            let sentences: Vec<&str> =
                (0..random.between(3, 7)).map(|_| random.of(words::SENTENCES)).collect();
            sentences.join(" ")
        }),
        keywords: match random.below(3) {
            0 => (0..random.between(2, 5)).map(|_| random.of(words::NOUNS)).collect(),
            _ => Vec::new(),
        },
        latex: random.chance(60),
    }
}

fn person(random: &mut Random) -> Name {
    Name::Person {
        given: random.of(words::GIVEN),
        particle: random.maybe(8, |random| random.of(words::PARTICLES)),
        family: random.of(words::FAMILY),
        suffix: random.maybe(3, |random| random.of(words::SUFFIXES)),
    }
}

fn title(random: &mut Random) -> String {
    let mut title = match random.below(4) {
        0 => format!(
            "The {} {} of {}",
            random.of(words::ADJECTIVES),
            random.of(words::NOUNS),
            random.of(words::NOUNS)
        ),
        1 => format!(
            "On {} {} and {} {}",
            random.of(words::ADJECTIVES),
            random.of(words::NOUNS),
            random.of(words::ADJECTIVES),
            random.of(words::NOUNS)
        ),
        2 => format!(
            "{} {} in the age of {}",
            random.of(words::CAPITALS),
            random.of(words::NOUNS),
            random.of(words::NOUNS)
        ),
        _ => format!("What “{}” do to {}", random.of(words::NOUNS), random.of(words::NOUNS)),
    };
    if random.chance(60) {
        title += &format!(
            ": a {} study of {} {}",
            random.of(words::ADJECTIVES),
            random.of(words::CAPITALS),
            random.of(words::NOUNS)
        );
    }
    if random.chance(20) {
        let start = random.between(1500, 1900);
        title += &format!(", {start}–{}", start + random.between(1, 90));
    }
    title
}

/// An ISSN with its right last digit.
fn issn(random: &mut Random) -> String {
    let number = random.between(1_000_000, 10_000_000);
    let digits = format!("{number}");
    let sum: usize =
        digits.bytes().zip((2..=8).rev()).map(|(d, w)| usize::from(d - b'0') * w).sum();
    let last = match (11 - sum % 11) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    format!("{}-{}{last}", &digits[..4], &digits[4..])
}

/// An ISBN with its right last digit.
fn isbn(random: &mut Random) -> String {
    let digits = format!("978{}", random.between(100_000_000, 1_000_000_000));
    let sum: usize = digits
        .bytes()
        .enumerate()
        .map(|(at, d)| usize::from(d - b'0') * if at % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
