//! Works for the tests of the formats: made ones with hard values, and any that proptest finds.

#![allow(dead_code, reason = "each test file takes what it needs")]

use citelift::{
    Date, Field, FieldClass, Kind, Name, Names, PartialDate, Person, Season, Value, Work,
};
use proptest::prelude::*;

/// A work of a kind with author, title and year.
pub(crate) fn work(kind: Kind, author: Name, title: &str, year: i32) -> Work {
    let mut work = Work::new(kind);
    work.author.push(author);
    work.title = Some(title.into());
    work.issued = Some(Date::year(year));
    work
}

pub(crate) fn person(family: &str, given: &str, particle: &str, suffix: &str) -> Name {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut person = Person::default();
    person.family = family.into();
    person.given = some(given);
    person.non_dropping_particle = some(particle);
    person.suffix = some(suffix);
    person.into()
}

/// Works of different kinds with the values that exports are known to damage.
pub(crate) fn hard() -> Vec<Work> {
    let mut article = work(
        Kind::ArticleJournal,
        person("Berg", "Jan Willem", "van der", ""),
        "DNA repair in <i>Escherichia coli</i>: the R&D view of 50% of C_max",
        2010,
    );
    article.author.push(person("King", "Martin Luther", "", "Jr."));
    article.author.push(Name::body("Food and Agriculture Organization, Statistics Division"));
    article.author.others = true;
    article.container_title = Some("Journal of Biology & Medicine".into());
    article.issued = Some("2010-11".parse().unwrap());
    article.volume = Some("12".into());
    article.issue = Some("3".into());
    article.page = Some("101-115".parse().unwrap());
    article.doi =
        Some("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2".into());
    article.url = Some("https://example.org/~a/b_c%20d?e=f&g=h#i".into());
    article.language = Some("en-GB".into());
    article.keyword = vec!["DNA repair".into(), "Proteins, recombinant".into(), "A/B".into()];
    article.abstract_ = Some("First paragraph, {braces} and \\ too.\nSecond; cost $5.".into());

    let mut book =
        work(Kind::Book, person("Ramón y Cajal", "Santiago", "", ""), "Über das {x}", 1899);
    book.editor.push(Name::person("Müller", "Jürgen"));
    book.translator.push(Name::person("O'Connor", "S."));
    book.publisher = Some("John Wiley & Sons".into());
    book.publisher_place = Some("Chichester; Leipzig".into());
    book.edition = Some("2".into());
    book.collection_title = Some("Graduate Texts".into());
    book.isbn = Some("978-0-471-98635-5".into());
    book.language = Some("de".into());

    let mut chapter = work(Kind::Chapter, Name::person("王", "小明"), "基于深度学习", 1998);
    chapter.issued = Some("1998-08-15/1998-08-30".parse().unwrap());
    chapter.container_title = Some("Essays on French Politics".into());
    chapter.editor.push(person("Fontaine", "Jean", "de la", ""));

    let mut thesis = work(Kind::Thesis, Name::person("Иванов", "С. П."), "Теория", 1987);
    thesis.publisher = Some("MIT".into());
    thesis.genre = Some("PhD thesis".into());

    let mut page = work(Kind::Webpage, Name::body("UNODC"), "How to: a page", 2023);
    page.accessed = Some("2023-11-05".parse().unwrap());
    page.issued = None;

    vec![article, book, chapter, thesis, page]
}

/// Text with what formats use as signs of their own.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-ZäéŁ王 ]{0,8}",
        3 => proptest::sample::select(vec![
            "{", "}", "\\", "@", "%", "\"", "$", "&", "#", "_", "^", "~", ",", "=", " and ", "<i>",
            "</i>", "<", "\n", "\r\n", "\nER  - \n", "\r\nTY  - JOUR\r\n", "@book{x, title = {",
            "},\n}\n", "\u{0}", "\u{2028}", "\u{85}", "‘", "’", "--", "\\}", "\\input{x}", "'''",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn name() -> impl Strategy<Value = Name> {
    let part = || proptest::option::weighted(0.3, text());
    prop_oneof![
        text().prop_map(Name::Literal),
        (text(), part(), part(), part(), part()).prop_map(|(family, given, a, b, suffix)| {
            let mut person = Person::default();
            // A person without a family name is none, as the model says.
            person.family = if family.trim().is_empty() { "Roe".to_owned() } else { family };
            person.given = given;
            person.dropping_particle = a;
            person.non_dropping_particle = b;
            person.suffix = suffix;
            person.into()
        })
    ]
}

fn point() -> impl Strategy<Value = PartialDate> {
    (-3000..12_000_i32, 0..=16_u8, 0..=31_u8).prop_map(|(year, month, day)| match (month, day) {
        (13..=16, _) => PartialDate::season(year, Season::from_number(month - 12).unwrap()),
        (1..=12, 0) => PartialDate::month(year, month).unwrap(),
        (1..=12, day) => PartialDate::day(year, month, day).unwrap_or(PartialDate::year(year)),
        _ => PartialDate::year(year),
    })
}

fn date() -> impl Strategy<Value = Date> {
    let form = prop_oneof![
        3 => point().prop_map(Date::from),
        1 => (point(), proptest::option::of(point())).prop_map(|(a, b)| Date::range(Some(a), b)),
        1 => point().prop_map(|b| Date::range(None, Some(b))),
        1 => text().prop_map(Date::literal),
    ];
    (form, any::<bool>(), any::<bool>()).prop_map(|(mut date, circa, uncertain)| {
        date.circa = circa;
        date.uncertain = uncertain;
        date
    })
}

fn value(class: FieldClass) -> BoxedStrategy<Value> {
    match class {
        FieldClass::Names => (proptest::collection::vec(name(), 1..4), any::<bool>())
            .prop_map(|(list, others)| {
                let mut names = Names::from(list);
                names.others = others;
                Value::Names(names)
            })
            .boxed(),
        FieldClass::Date => date().prop_map(Value::Date).boxed(),
        FieldClass::Pages => {
            text().prop_filter_map("no page", |text| text.parse().ok().map(Value::Pages)).boxed()
        }
        FieldClass::Keywords => {
            proptest::collection::vec(text(), 1..4).prop_map(Value::Keywords).boxed()
        }
        _ => text().prop_map(Value::Text).boxed(),
    }
}

/// Any work: any kind, any fields, any values.
pub(crate) fn any_work() -> impl Strategy<Value = Work> {
    let field = proptest::sample::select(Field::ALL)
        .prop_flat_map(|field| value(field.class()).prop_map(move |value| (field, value)));
    (
        proptest::sample::select(Kind::ALL),
        proptest::option::of(text()),
        proptest::collection::vec(field, 0..12),
    )
        .prop_map(|(kind, id, fields)| {
            let mut work = Work::new(kind);
            work.id = id;
            for (field, value) in fields {
                work.set(field, value).unwrap();
            }
            work
        })
}
