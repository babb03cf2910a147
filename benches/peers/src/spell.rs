//! The made-up works as files: `.bib`, `.ris`, CSL-JSON, and references as APA spells them. Made
//! here and not by citelift, so that no reader is given what only its own writer spells.

use crate::made_up::{Kind, Made, Name};
use crate::words;
use serde_json::{Value, json};
use std::fmt::Write;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A `.bib` file: abbreviations of some journals, months by their macros, names in both orders.
pub(crate) fn bib(works: &[Made]) -> String {
    let mut out = String::from("% Made up for a bench.\n\n");
    for (name, journal) in words::CONTAINERS.iter().take(ABBREVIATED).enumerate() {
        let _ = writeln!(out, "@string{{{} = {{{journal}}}}}", abbreviation(name));
    }
    for (number, made) in works.iter().enumerate() {
        entry(made, number, &mut out);
    }
    out
}

/// How many journals a `.bib` file has abbreviations of; none of them needs an escape.
const ABBREVIATED: usize = 2;

fn abbreviation(number: usize) -> char {
    char::from(b'p' + number as u8)
}

fn entry(made: &Made, number: usize, out: &mut String) {
    let (kind, inside) = match made.kind {
        Kind::Article => ("article", "journal"),
        Kind::Book => ("book", ""),
        Kind::Chapter => ("incollection", "booktitle"),
        Kind::Thesis => ("phdthesis", ""),
        Kind::Paper => ("inproceedings", "booktitle"),
    };
    let _ = write!(out, "\n@{kind}{{{}", made.key);
    let mut field = |name: &str, value: &str| {
        let _ = write!(out, ",\n  {name} = {{{value}}}");
    };
    let latex = |text: &str| escaped(text, made.latex, number);
    let names = |names: &[Name]| {
        names.iter().map(|name| bib_name(name, number, &latex)).collect::<Vec<_>>().join(" and ")
    };
    field("author", &names(&made.authors));
    if !made.editors.is_empty() {
        field("editor", &names(&made.editors));
    }
    let mut title = latex(&made.title);
    for word in words::CAPITALS {
        title = title.replace(word, &format!("{{{word}}}"));
    }
    field("title", &title);
    let short = words::CONTAINERS.iter().take(ABBREVIATED).position(|c| Some(*c) == made.container);
    if let (None, Some(container)) = (short, made.container) {
        field(inside, &latex(container));
    }
    field("year", &made.year.to_string());
    if let Some(volume) = made.volume {
        field("volume", &volume.to_string());
    }
    if let Some(issue) = made.issue {
        field("number", &issue.to_string());
    }
    if let Some((first, last)) = made.pages {
        field("pages", &format!("{first}--{last}"));
    }
    if let Some(edition) = made.edition {
        field("edition", &edition.to_string());
    }
    if let Some(publisher) = made.publisher {
        let name = if made.kind == Kind::Thesis { "school" } else { "publisher" };
        field(name, &latex(publisher));
    }
    if let Some(place) = made.place {
        field("address", &latex(place));
    }
    let number = if made.kind == Kind::Article { "issn" } else { "isbn" };
    for (name, value) in [("doi", &made.doi), ("url", &made.url), (number, &made.number)] {
        if let Some(value) = value {
            field(name, value);
        }
    }
    if !made.keywords.is_empty() {
        field("keywords", &latex(&made.keywords.join(", ")));
    }
    if let Some(text) = &made.abstract_ {
        field("abstract", &latex(text));
    }
    if let Some(short) = short {
        let _ = write!(out, ",\n  journal = {}", abbreviation(short));
    }
    if let Some(month) = made.month {
        let _ = write!(out, ",\n  month = {}", MONTHS[month - 1]);
    }
    out.push_str("\n}\n");
}

fn bib_name(name: &Name, number: usize, latex: &dyn Fn(&str) -> String) -> String {
    let (given, particle, family, suffix) = match name {
        Name::Body(body) => return format!("{{{}}}", latex(body)),
        Name::Person { given, particle, family, suffix } => (given, particle, family, suffix),
    };
    let (given, family) = (latex(given), latex(family));
    let particle = particle.map(|particle| format!("{particle} ")).unwrap_or_default();
    match suffix {
        Some(suffix) => format!("{particle}{family}, {suffix}, {given}"),
        None if number.is_multiple_of(3) && !family.contains(' ') => {
            format!("{given} {particle}{family}")
        }
        None => format!("{particle}{family}, {given}"),
    }
}

/// A text as LaTeX spells it, accents as `{\"u}` in some entries and as `\"{u}` in others; or as
/// it is, but for the characters that LaTeX needs escaped.
fn escaped(text: &str, latex: bool, number: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' => out.extend(['\\', c]),
            _ if c.is_ascii() || !latex => out.push(c),
            '“' => out.push_str("``"),
            '”' => out.push_str("''"),
            '–' => out.push_str("--"),
            'ø' => out.push_str(r"{\o}"),
            'ß' => out.push_str(r"{\ss}"),
            'ł' => out.push_str(r"{\l}"),
            'Ł' => out.push_str(r"{\L}"),
            'ı' => out.push_str(r"{\i}"),
            _ => {
                let (mark, base) = accent(c);
                if mark.is_ascii_alphabetic() {
                    let _ = write!(out, r"{{\{mark} {base}}}");
                } else if number.is_multiple_of(2) {
                    let _ = write!(out, r"{{\{mark}{base}}}");
                } else {
                    let _ = write!(out, r"\{mark}{{{base}}}");
                }
            }
        }
    }
    out
}

/// LaTeX's mark and the letter below it.
fn accent(c: char) -> (char, char) {
    const ACCENTS: [(char, &str, &str); 9] = [
        ('\'', "éáíóúýćńÉÁÍÓÚ", "eaiouycnEAIOU"),
        ('`', "èàù", "eau"),
        ('"', "üöäëïÜÖÄ", "uoaeiUOA"),
        ('^', "êâîôû", "eaiou"),
        ('~', "ñãõ", "nao"),
        ('c', "çşÇŞ", "csCS"),
        ('v', "čšžřČŠŽŘ", "cszrCSZR"),
        ('r', "åÅů", "aAu"),
        ('u', "ğă", "ga"),
    ];
    let found = ACCENTS.iter().find_map(|(mark, letters, bases)| {
        let at = letters.chars().position(|letter| letter == c)?;
        Some((*mark, bases.chars().nth(at)?))
    });
    found.unwrap_or_else(|| panic!("no accent for {c}"))
}

fn plain_name(name: &Name) -> String {
    match name {
        Name::Body(body) => (*body).to_owned(),
        Name::Person { given, particle, family, suffix } => {
            let particle = particle.map(|particle| format!("{particle} ")).unwrap_or_default();
            let suffix = suffix.map(|suffix| format!(", {suffix}")).unwrap_or_default();
            format!("{particle}{family}, {given}{suffix}")
        }
    }
}

/// A `.ris` file.
pub(crate) fn ris(works: &[Made]) -> String {
    let mut out = String::new();
    for made in works {
        let mut line = |tag: &str, value: &str| {
            let _ = write!(out, "{tag}  - {value}\r\n");
        };
        line(
            "TY",
            match made.kind {
                Kind::Article => "JOUR",
                Kind::Book => "BOOK",
                Kind::Chapter => "CHAP",
                Kind::Thesis => "THES",
                Kind::Paper => "CPAPER",
            },
        );
        line("ID", &made.key);
        made.authors.iter().for_each(|name| line("AU", &plain_name(name)));
        made.editors.iter().for_each(|name| line("A2", &plain_name(name)));
        line("TI", &made.title);
        if let Some(container) = made.container {
            line("T2", container);
        }
        line("PY", &made.year.to_string());
        if let Some(month) = made.month {
            line("DA", &format!("{}/{month:02}//", made.year));
        }
        let numbers = [("VL", made.volume), ("IS", made.issue), ("ET", made.edition)];
        for (tag, value) in numbers {
            if let Some(value) = value {
                line(tag, &value.to_string());
            }
        }
        if let Some((first, last)) = made.pages {
            line("SP", &first.to_string());
            line("EP", &last.to_string());
        }
        for (tag, value) in [("PB", made.publisher), ("CY", made.place)] {
            if let Some(value) = value {
                line(tag, value);
            }
        }
        let texts =
            [("DO", &made.doi), ("UR", &made.url), ("SN", &made.number), ("AB", &made.abstract_)];
        for (tag, value) in texts {
            if let Some(value) = value {
                line(tag, value);
            }
        }
        made.keywords.iter().for_each(|word| line("KW", word));
        line("ER", "");
        out.push_str("\r\n");
    }
    out
}

/// A file of CSL-JSON, an item a line, numbers as strings as Zotero writes them.
pub(crate) fn csl_json(works: &[Made]) -> String {
    let items: Vec<String> = works.iter().map(|made| item(made).to_string()).collect();
    format!("[\n{}\n]\n", items.join(",\n"))
}

fn item(made: &Made) -> Value {
    let names = |names: &[Name]| names.iter().map(csl_name).collect::<Vec<Value>>();
    let mut item = json!({
        "id": made.key,
        "type": match made.kind {
            Kind::Article => "article-journal",
            Kind::Book => "book",
            Kind::Chapter => "chapter",
            Kind::Thesis => "thesis",
            Kind::Paper => "paper-conference",
        },
        "title": made.title,
        "author": names(&made.authors),
        "issued": {"date-parts": [match made.month {
            Some(month) => vec![made.year, month],
            None => vec![made.year],
        }]},
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[name] = value;
        }
    };
    put("editor", (!made.editors.is_empty()).then(|| names(&made.editors).into()));
    put("container-title", made.container.map(Value::from));
    let number = |number: usize| Value::from(number.to_string());
    put("volume", made.volume.map(number));
    put("issue", made.issue.map(number));
    put("edition", made.edition.map(number));
    put("page", made.pages.map(|(first, last)| format!("{first}-{last}").into()));
    put("publisher", made.publisher.map(Value::from));
    put("publisher-place", made.place.map(Value::from));
    put("DOI", made.doi.clone().map(Value::from));
    put("URL", made.url.clone().map(Value::from));
    let name = if made.kind == Kind::Article { "ISSN" } else { "ISBN" };
    put(name, made.number.clone().map(Value::from));
    put("keyword", (!made.keywords.is_empty()).then(|| made.keywords.join(", ").into()));
    put("abstract", made.abstract_.clone().map(Value::from));
    item
}

fn csl_name(name: &Name) -> Value {
    match name {
        Name::Body(body) => json!({"literal": body}),
        Name::Person { given, particle, family, suffix } => {
            let mut name = json!({"family": family, "given": given});
            if let Some(particle) = particle {
                name["non-dropping-particle"] = json!(particle);
            }
            if let Some(suffix) = suffix {
                name["suffix"] = json!(suffix);
            }
            name
        }
    }
}

/// A reference as a bibliography in the style of APA has it.
pub(crate) fn reference(made: &Made) -> String {
    let initials = |given: &str| -> String {
        let firsts = given.split(' ').filter_map(|word| word.chars().next());
        firsts.map(|first| format!("{first}.")).collect::<Vec<_>>().join(" ")
    };
    let names = |names: &[Name], inverted: bool| {
        let names: Vec<String> = names
            .iter()
            .map(|name| match name {
                Name::Body(body) => (*body).to_owned(),
                Name::Person { given, particle, family, .. } => {
                    let particle = particle.map(|p| format!("{p} ")).unwrap_or_default();
                    match inverted {
                        true => format!("{particle}{family}, {}", initials(given)),
                        false => format!("{} {particle}{family}", initials(given)),
                    }
                }
            })
            .collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{}, & {last}", rest.join(", ")),
            _ => names.concat(),
        }
    };
    let mut out = format!("{} ({}). {}", names(&made.authors, true), made.year, made.title);
    match (made.kind, made.container) {
        (Kind::Article, Some(journal)) => {
            let _ = write!(out, ". {journal}");
            if let Some(volume) = made.volume {
                let _ = write!(out, ", {volume}");
                if let Some(issue) = made.issue {
                    let _ = write!(out, "({issue})");
                }
            }
            if let Some((first, last)) = made.pages {
                let _ = write!(out, ", {first}–{last}");
            }
        }
        (_, Some(book)) => {
            out.push_str(". In ");
            if !made.editors.is_empty() {
                let _ = write!(out, "{} (Eds.), ", names(&made.editors, false));
            }
            out.push_str(book);
            if let Some((first, last)) = made.pages {
                let _ = write!(out, " (pp. {first}–{last})");
            }
        }
        (Kind::Thesis, _) => out.push_str(" [Doctoral dissertation]"),
        _ => {
            if let Some(edition) = made.edition {
                let ending = if edition == 2 {
                    "nd"
                } else if edition == 3 {
                    "rd"
                } else {
                    "th"
                };
                let _ = write!(out, " ({edition}{ending} ed.)");
            }
        }
    }
    out.push('.');
    if let Some(publisher) = made.publisher {
        let place = made.place.map(|place| format!("{place}: ")).unwrap_or_default();
        let _ = write!(out, " {place}{publisher}.");
    }
    if let Some(doi) = &made.doi {
        let _ = write!(out, " https://doi.org/{doi}");
    }
    out
}
