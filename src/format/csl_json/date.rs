//! Dates in every shape that programs write them.
//!
//! Takes a [`Node`], gives a [`Date`]; called by [`read`](super::read) and by serde. Shapes are
//! `date-variable` of `csl-data.json` 1.0.2 and EDTF strings, which the schema's prose prefers;
//! beside them lists without their object, numbers, `raw` dates with the months' names.

use super::node::{Node, Shape};
use super::notes::Notes;
use crate::format::date_words::{numeric, without_time, words};
use crate::lexicon::lexicon;
use crate::work::Season;
use crate::{Code, Date, PartialDate};

/// The date of a property; `None` where it says nothing.
pub(super) fn date(node: &Node<'_>, name: &str, notes: &mut Notes) -> Option<Date> {
    match &node.shape {
        Shape::Null => None,
        Shape::Text(text) if text.trim().is_empty() => None,
        Shape::Text(text) => Some(stated(text, node, name, notes)),
        Shape::Number(digits) => {
            notes.shape(node, name, "is a number where a date belongs", "it is read as a year");
            Some(stated(digits, node, name, notes))
        }
        Shape::List(nodes) => {
            let is_whole = |node: &Node<'_>| matches!(node.shape, Shape::Object(_));
            if let [only] = nodes.as_slice()
                && is_whole(only)
            {
                notes.shape(node, name, "is a list where a date belongs", "its date is read");
                return object(only, name, notes);
            }
            notes.shape(node, name, "is a list where a date belongs", "it is read as `date-parts`");
            of_parts(node, nodes, None, name, notes)
        }
        Shape::Truth(_) => {
            notes.refuse(node, name, "is no date");
            notes.keep(name.to_owned(), node);
            None
        }
        Shape::Object(_) => object(node, name, notes),
    }
}

fn object(node: &Node<'_>, name: &str, notes: &mut Notes) -> Option<Date> {
    let Shape::Object(members) = &node.shape else { return None };
    let found = notes.found.len();
    let get = |wanted: &str| {
        members.iter().find(|member| member.name == wanted).map(|member| &member.value)
    };
    let text = |wanted: &str| {
        get(wanted).filter(|node| node.scalar().is_some_and(|text| !text.trim().is_empty()))
    };
    let season = get("season").and_then(|node| season(&node.scalar()?));
    let mut season_used = false;
    let mut used = vec!["circa"];
    let mut date = None;
    if let Some(parts) = get("date-parts") {
        used.push("date-parts");
        match &parts.shape {
            Shape::List(nodes) => {
                let inner = inner(nodes);
                if inner.is_some() {
                    let what = "has `date-parts` with a list too many";
                    notes.shape(parts, name, what, "the inner one is read");
                }
                let nodes = inner.unwrap_or(nodes);
                if nodes.iter().any(|node| node.scalar().is_some()) {
                    let what = "has `date-parts` without a list inside the list";
                    notes.shape(parts, name, what, "they are read as one date");
                }
                date = of_parts(parts, nodes, season, name, notes);
                season_used = date.as_ref().is_some_and(|date| {
                    date.first().is_some_and(|point| point.get_season() == season)
                });
            }
            Shape::Null => {}
            _ => {
                notes.shape(
                    parts,
                    name,
                    "has `date-parts` that are no list",
                    "they are read as one",
                );
                let parts = [parts.clone()];
                date = of_parts(node, &parts, season, name, notes);
            }
        }
    } else if let Some(year) = get("year") {
        let parts: Vec<_> = [Some(year), get("month"), get("day")].into_iter().flatten().collect();
        let parts: Vec<Node<'_>> = parts.into_iter().cloned().collect();
        notes.shape(node, name, "has `year` in place of `date-parts`", "it is read as the date");
        date = of_parts(node, &parts, season, name, notes);
        used.extend(["year", "month", "day"]);
    }
    for wanted in ["literal", "raw"] {
        if date.is_none()
            && let Some(value) = text(wanted)
            && let Some(said) = value.scalar()
        {
            used.push(wanted);
            date = Some(match wanted {
                "literal" => Date::literal(said.into_owned()),
                _ => stated(&said, value, name, notes),
            });
        }
    }
    for member in members {
        let empty = matches!(&member.value.shape, Shape::Null)
            || member.value.scalar().is_some_and(|text| text.is_empty());
        let is_used =
            used.contains(&member.name.as_ref()) || member.name == "season" && season_used;
        if !empty && !is_used {
            notes.keep(format!("{name}/{}", member.name), &member.value);
        }
    }
    let date = date.map(|mut date| {
        match get("circa").and_then(Node::scalar).as_deref().unwrap_or("") {
            "" | "false" | "0" => {}
            "?" => date.uncertain = true,
            "%" => (date.circa, date.uncertain) = (true, true),
            _ => date.circa = true,
        }
        date
    });
    let is_said = notes.found.len() > found || members.is_empty();
    if date.is_none() && !is_said && get("literal").is_none() {
        notes.shape(node, name, "holds no date", "it is left out");
    }
    date
}

/// The list of `[[[2010, 11]]]` that is right.
fn inner<'n, 'a>(nodes: &'n [Node<'a>]) -> Option<&'n [Node<'a>]> {
    let [Node { shape: Shape::List(inner), .. }] = nodes else { return None };
    inner.iter().any(|node| matches!(node.shape, Shape::List(_))).then_some(inner)
}

/// What one list of `date-parts` says.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Nothing,
    /// Year 0, which is an open end to pandoc and citeproc.
    Open,
    Point(PartialDate),
    Bad,
}

fn of_parts(
    place: &Node<'_>,
    nodes: &[Node<'_>],
    season: Option<Season>,
    name: &str,
    notes: &mut Notes,
) -> Option<Date> {
    // `[2010, 5]` without the list around it.
    let bare = [Node::of(Shape::List(nodes.to_vec()))];
    let is_bare = nodes.iter().any(|node| node.scalar().is_some());
    let points = if is_bare { &bare[..] } else { nodes };
    let ends: Vec<End> = points.iter().map(|node| end(node, season)).collect();
    let long = |node: &Node<'_>| matches!(&node.shape, Shape::List(parts) if parts.len() > 3);
    if points.len() > 2 || points.iter().any(long) {
        notes.keep(format!("{name}/date-parts"), place);
        notes.shape(place, name, "has more parts than a date", "the first of them are read");
    }
    let date = match ends.as_slice() {
        [] | [End::Nothing] | [End::Nothing, End::Nothing] => {
            notes.shape(place, name, "holds no date", "it is left out");
            return None;
        }
        [End::Point(point)] | [End::Point(point), End::Nothing] => Some(Date::from(*point)),
        [End::Point(first), End::Open, ..] => Some(Date::range(Some(*first), None)),
        [End::Open | End::Nothing, End::Point(last), ..] => Some(Date::range(None, Some(*last))),
        [End::Point(first), End::Point(last), ..] => Some(Date::range(Some(*first), Some(*last))),
        _ => None,
    };
    date.or_else(|| {
        let said = |node: &Node<'_>| match &node.shape {
            Shape::List(parts) => {
                let parts: Vec<_> = parts.iter().filter_map(Node::scalar).collect();
                parts.join("-")
            }
            _ => node.scalar().unwrap_or_default().into_owned(),
        };
        let words: Vec<_> = points.iter().take(2).map(said).collect();
        let words = words.join("/");
        if words.trim().is_empty() {
            notes.keep(format!("{name}/date-parts"), place);
            notes.shape(place, name, "holds no date", "it is left out");
            return None;
        }
        // `[["2010-11-03"]]`
        if let Some(date) = understood(&words) {
            if !is_bare {
                let what = "has a whole date in place of its parts";
                notes.shape(place, name, what, "it is read as one");
            }
            return Some(date);
        }
        not_understood(&words, place, name, notes);
        Some(Date::literal(words))
    })
}

fn end(node: &Node<'_>, season: Option<Season>) -> End {
    let one = [node.clone()];
    let parts = if let Shape::List(parts) = &node.shape { parts.as_slice() } else { &one };
    let mut numbers = [None; 3];
    for (number, part) in numbers.iter_mut().zip(parts) {
        let Some(text) = part.scalar() else {
            if matches!(part.shape, Shape::Null) {
                continue;
            }
            return End::Bad;
        };
        let text = text.trim();
        // Tables turn years into `2010.0`.
        let whole = text.strip_suffix(".0").unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        let Some(value) = whole.parse::<i32>().ok().or_else(|| month(text)) else {
            return End::Bad;
        };
        *number = Some(value);
    }
    let [year, month, day] = numbers;
    let small = |number: Option<i32>| match number {
        None | Some(0) => Ok(None),
        Some(number) => u8::try_from(number).map(Some),
    };
    let (Ok(month), Ok(day)) = (small(month), small(day)) else { return End::Bad };
    // Years before 1 are counted as historians do, without a year 0: -44 is 44 BC.
    let year = match year {
        None if month.is_none() && day.is_none() => return End::Nothing,
        None => return End::Bad,
        Some(0) if month.is_none() => return End::Open,
        Some(0) => return End::Bad,
        Some(year) if year < 0 => year + 1,
        Some(year) => year,
    };
    let season_of = |number: u8| {
        Season::from_number(number)
            .map_or(End::Bad, |season| End::Point(PartialDate::season(year, season)))
    };
    let date = match (month, day) {
        (None, None) => Ok(season
            .map_or_else(|| PartialDate::year(year), |season| PartialDate::season(year, season))),
        (None, Some(_)) => return End::Bad,
        // EDTF's seasons.
        (Some(month @ 21..=24), _) => return season_of(month - 20),
        (Some(month), None) => PartialDate::month(year, month),
        (Some(month), Some(day)) => PartialDate::day(year, month, day),
    };
    date.map_or(End::Bad, End::Point)
}

fn month(word: &str) -> Option<i32> {
    lexicon().month(word).map(i32::from)
}

fn season(text: &str) -> Option<Season> {
    let number = text.trim().parse().ok().or_else(|| lexicon().month(text.trim()))?;
    Season::from_number(if number > 20 { number - 20 } else { number })
}

/// A date that stands as words, EDTF or other.
fn stated(text: &str, node: &Node<'_>, name: &str, notes: &mut Notes) -> Date {
    understood(text.trim()).unwrap_or_else(|| {
        not_understood(text, node, name, notes);
        Date::literal(text)
    })
}

/// A date that a text says, EDTF or other.
pub(super) fn understood(text: &str) -> Option<Date> {
    let bare = without_time(text);
    bare.parse()
        .ok()
        .or_else(|| numbers(bare))
        .or_else(|| numeric(bare))
        .or_else(|| words(bare, None))
}

fn not_understood(words: &str, node: &Node<'_>, name: &str, notes: &mut Notes) {
    let what = format!("is no date: `{}`", super::parse::shown(words));
    notes.doubt(
        Code::RecordDateNotUnderstood,
        &node.place,
        name,
        &what,
        "it is kept as words",
        "write year, month and day as `date-parts`, or words as `literal`",
    );
}

/// `2010-1-5`, `2010/01/05`, `2010-11-00`: the year first, then all is clear. Zeroes are nothing.
fn numbers(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten()
    };
    let year = parts.first().filter(|year| year.len() == 4)?.parse::<u16>().ok().map(i32::from)?;
    let (month, day) = match parts.as_slice() {
        [_, month] => (number(month)?, 0),
        [_, month, day] => (number(month)?, number(day)?),
        _ => return None,
    };
    let date = match (month, day) {
        (0, 0) => Ok(PartialDate::year(year)),
        (month, 0) => PartialDate::month(year, month),
        (month, day) => PartialDate::day(year, month, day),
    };
    date.ok().map(Date::from)
}
