//! Measures how many duplicates are found, and how many are none.
//!
//! Takes labelled references, one JSON object a line with CSL-JSON under `gold`, from standard
//! input; pairs 2,000 different works with a form of each that has been shortened and misspelled,
//! and puts works among them that look alike and are not the same: another title of the same
//! author and year, another volume, edition, part or year, the preprint. Prints the shares of
//! right pairs.
//!
//! `zcat train.jsonl.gz | cargo run --release --example duplicates`

#![allow(clippy::print_stdout, reason = "an example that prints what it measures")]

use citelift::{Date, Kind, Name, Names, Pages, Person, Work, csl_json, duplicate};
use std::collections::{BTreeMap, HashSet};
use std::io::BufRead;
use std::time::Instant;

/// How many works are paired.
const WORKS: usize = 2000;

/// Where a made work comes from: the number of the original, and what was done to it. Two are the
/// same where the numbers are and neither is a look-alike.
struct Made {
    work: Work,
    from: usize,
    /// The name of the look-alike; empty for the original and its variant.
    alike: &'static str,
    noise: Vec<&'static str>,
}

/// Numbers that look random and are the same every time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut seen = HashSet::new();
    let mut originals = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let gold = value.get("gold").map(ToString::to_string).unwrap_or_default();
        let Some(mut work) = csl_json::from_str(&format!("[{gold}]")).works.into_iter().next()
        else {
            continue;
        };
        work.id = None;
        let Some(title) = &work.title else { continue };
        let key: String = deunicode::deunicode(title)
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(12)
            .collect();
        if key.len() > 5 && seen.insert(key) {
            originals.push(work);
        }
        if originals.len() == WORKS {
            break;
        }
    }
    let made = make(&originals);
    let works: Vec<Work> = made.iter().map(|made| made.work.clone()).collect();
    let begun = Instant::now();
    let clusters = duplicate::find(&works);
    let took = begun.elapsed();
    let shown = std::env::args().any(|argument| argument == "--show");
    println!("{} works of {} originals, compared in {took:?}", works.len(), originals.len());
    report("sure", &made, clusters.iter().filter(|cluster| cluster.is_sure()), shown);
    report("sure and perhaps", &made, clusters.iter(), false);
    Ok(())
}

/// The originals, a variant of each, and look-alikes of some.
fn make(originals: &[Work]) -> Vec<Made> {
    let mut dice = Dice(2026);
    let mut made = Vec::new();
    for (from, original) in originals.iter().enumerate() {
        let push = |work: Work, alike, noise, made: &mut Vec<Made>| {
            made.push(Made { work, from, alike, noise });
        };
        push(original.clone(), "", Vec::new(), &mut made);
        let (work, noise) = variant(original, &mut dice);
        push(work, "", noise, &mut made);
        let other = &originals[dice.below(originals.len())];
        if let Some((work, name)) = look_alike(original, other, from % 8, &mut dice) {
            push(work, name, Vec::new(), &mut made);
        }
    }
    made
}

/// The same work as somebody else would have typed it.
fn variant(original: &Work, dice: &mut Dice) -> (Work, Vec<&'static str>) {
    let mut work = original.clone();
    let mut noise = Vec::new();
    let times = 1 + dice.below(4);
    for _ in 0..times {
        let title = work.title.clone().unwrap_or_default();
        let done = match dice.below(12) {
            0 => {
                work.author = initials(&work.author);
                "initials"
            }
            1 => match title.split_once(": ") {
                Some((main, _)) if main.chars().count() > 11 => {
                    work.title = Some(main.to_owned());
                    "no subtitle"
                }
                _ => continue,
            },
            2 => match &work.container_title {
                Some(container) => {
                    work.container_title = Some(abbreviated(container));
                    "abbreviated"
                }
                None => continue,
            },
            3 => {
                work.title = Some(misspelled(&title, dice));
                "typo"
            }
            4 => {
                work.title = Some(title.to_uppercase());
                "capitals"
            }
            5 => {
                work.doi = None;
                work.url = None;
                "no doi"
            }
            6 => {
                let escape = |c: char| match c {
                    '&' => "&amp;".to_owned(),
                    c if c.is_alphabetic() && !c.is_ascii() => format!("&#{};", u32::from(c)),
                    c => c.to_string(),
                };
                work.title = Some(title.chars().map(escape).collect());
                "entities"
            }
            7 => {
                work.page = None;
                "no pages"
            }
            8 => {
                work.title = Some(deunicode::deunicode(&title));
                "no accents"
            }
            9 => {
                work.publisher = None;
                work.publisher_place = None;
                "no publisher"
            }
            10 if work.author.len() > 1 => {
                work.author.list.truncate(1);
                work.author.others = true;
                "et al."
            }
            11 if dice.one_in(3) => {
                work.issued = None;
                "no year"
            }
            _ => continue,
        };
        noise.push(done);
    }
    (work, noise)
}

fn initials(names: &Names) -> Names {
    let short = |name: &Name| match name {
        Name::Person(person) => {
            let mut person = Person::clone(person);
            person.given = person.given.map(|given| {
                let first = |word: &str| word.chars().next().map(|c| format!("{c}."));
                given.split_whitespace().filter_map(first).collect::<Vec<_>>().join(" ")
            });
            Name::Person(person)
        }
        body => body.clone(),
    };
    Names { list: names.iter().map(short).collect(), others: names.others }
}

fn abbreviated(title: &str) -> String {
    let short = |word: &str| match word.chars().count() {
        0..=3 => None,
        4..=5 => Some(word.to_owned()),
        _ => Some(format!("{}.", word.chars().take(4).collect::<String>())),
    };
    title.split_whitespace().filter_map(short).collect::<Vec<_>>().join(" ")
}

/// A letter left out, doubled, swapped with the next, or another.
fn misspelled(title: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = title.chars().collect();
    let at = 1 + dice.below(letters.len().saturating_sub(2));
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = 'e',
    }
    letters.into_iter().collect()
}

/// A work that is not the original though it looks like it.
fn look_alike(
    original: &Work,
    other: &Work,
    which: usize,
    dice: &mut Dice,
) -> Option<(Work, &'static str)> {
    let mut work = original.clone();
    work.doi = None;
    work.url = None;
    work.isbn = None;
    let first = 900 + dice.below(90);
    let pages = Pages::range(first.to_string(), (first + 9).to_string());
    let title = work.title.clone()?;
    let year = work.issued.as_ref().and_then(Date::first_year)?;
    Some(match which {
        0 => {
            work.title.clone_from(&other.title);
            work.page = work.page.map(|_| pages);
            (work, "other title")
        }
        1 => {
            let volume: usize = work.volume.as_deref()?.parse().ok()?;
            work.volume = Some((volume + 1).to_string());
            work.page = Some(pages);
            work.issued = Some(Date::year(year + 1));
            (work, "other volume")
        }
        2 if work.kind == Kind::Book => {
            work.edition = Some("3".to_owned());
            work.issued = Some(Date::year(year + 4));
            (work, "other edition")
        }
        3 => {
            work.title = Some(format!("{title}, Part 2"));
            work.page = work.page.map(|_| pages);
            (work, "other part")
        }
        4 if work.page.is_some() => {
            work.page = Some(pages);
            (work, "other pages")
        }
        5 => {
            work.author = other.author.clone();
            if work.author.is_empty() || original.author.is_empty() {
                return None;
            }
            work.page = work.page.map(|_| pages);
            work.volume = None;
            (work, "other author")
        }
        6 if work.kind == Kind::ArticleJournal => {
            work.kind = Kind::Article;
            work.container_title = Some("arXiv".to_owned());
            (work.volume, work.issue, work.page) = (None, None, None);
            (work, "preprint")
        }
        7 => {
            work.title = Some(format!("{title} {}", year + 1));
            (work, "yearly report")
        }
        _ => return None,
    })
}

/// The pairs of one cluster, with their works.
fn report<'a>(
    name: &str,
    made: &[Made],
    clusters: impl Iterator<Item = &'a duplicate::Cluster>,
    shown: bool,
) {
    let mut pairs: HashSet<(usize, usize)> = HashSet::new();
    for cluster in clusters {
        for (at, &one) in cluster.works.iter().enumerate() {
            pairs.extend(cluster.works[at + 1..].iter().map(|&other| (one, other)));
        }
    }
    let is_same = |one: &Made, other: &Made| {
        one.from == other.from && one.alike.is_empty() && other.alike.is_empty()
    };
    let right = pairs.iter().filter(|(one, other)| is_same(&made[*one], &made[*other])).count();
    let mut wrong: BTreeMap<&str, usize> = BTreeMap::new();
    for &(one, other) in &pairs {
        let (one, other) = (&made[one], &made[other]);
        if !is_same(one, other) {
            let alike = if one.from == other.from {
                [one.alike, other.alike].concat()
            } else {
                String::new()
            };
            let kinds = [
                "other title",
                "other volume",
                "other edition",
                "other part",
                "other pages",
                "other author",
                "preprint",
                "yearly report",
            ];
            let kind = kinds.iter().find(|kind| alike.contains(**kind)).unwrap_or(&"two originals");
            *wrong.entry(kind).or_default() += 1;
            if shown {
                println!("WRONG {kind}\n  {}\n  {}", line(&one.work), line(&other.work));
            }
        }
    }
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    for at in 1..made.len() {
        if is_same(&made[at - 1], &made[at]) {
            total += 1;
            if !pairs.contains(&(at - 1, at)) {
                *missed.entry(made[at].noise.join("+")).or_default() += 1;
                if shown {
                    let noise = made[at].noise.join(", ");
                    println!(
                        "MISSED {noise}\n  {}\n  {}",
                        line(&made[at - 1].work),
                        line(&made[at].work)
                    );
                }
            }
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let (precision, recall) = (share(right, pairs.len()), share(right, total));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{name}: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
    println!("  wrong: {wrong:?}");
    let mut missed: Vec<_> = missed.into_iter().collect();
    missed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    missed.truncate(12);
    println!("  missed: {missed:?}");
}

fn line(work: &Work) -> String {
    csl_json::to_string(std::slice::from_ref(work)).replace('\n', " ")
}
