//! Works to text one by one: nothing is held but what tells the cite keys apart.
//!
//! Takes works as they come, gives bytes; made by [`Format::writer`], called by `convert`. Where
//! every work has an id of its own that can stand in the format, the text is what the format's
//! `to_string` gives. The keys of [`key::unique`](crate::key) depend on all works, so those that
//! must be made are made otherwise here: `roe2010`, then `roe2010-2`. No key made of a name, a
//! year and a title has a hyphen.

use super::seen::{Keys as Written, Seen};
use super::{Format, WriteOptions, loss};
use crate::{Code, Diagnostic, Result, Work, key};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

/// Writes works one after the other.
///
/// ```
/// use citelift::{Format, Kind, Work, WriteOptions};
///
/// let mut writer = Format::Ndjson.writer(Vec::new(), WriteOptions::default());
/// for _ in 0..2 {
///     let mut work = Work::new(Kind::Book);
///     work.id = Some("roe".into());
///     let losses = writer.write(&work)?;
///     assert!(losses.iter().all(|loss| loss.code == citelift::Code::OutputKeyChanged));
/// }
/// let text = writer.finish()?;
/// assert_eq!(text, b"{\"id\":\"roe\",\"type\":\"book\"}\n{\"id\":\"roe-2\",\"type\":\"book\"}\n");
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    format: Format,
    options: WriteOptions,
    keys: Keys,
    begun: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(format: Format, to: W, options: WriteOptions) -> Self {
        Self { to, format, options, keys: Keys::default(), begun: false }
    }

    /// Writes a work, and says what the format cannot hold of it.
    ///
    /// The work's `id` is written as it is unless an earlier work had it or it cannot stand in
    /// the format; a work without one is given a key.
    ///
    /// # Errors
    /// An error of kind [`Io`](crate::ErrorKind::Io) where the writer fails.
    pub fn write(&mut self, work: &Work) -> Result<Vec<Diagnostic>> {
        let mut losses = self.format.losses_with(std::slice::from_ref(work), &self.options);
        let before = losses.len();
        losses.retain(|loss| loss.code != Code::OutputKeyChanged);
        let can_stand = losses.len() == before;
        let key = self.keys.of(work, can_stand);
        let work = if work.id.as_deref() == Some(&*key) {
            Cow::Borrowed(work)
        } else {
            if let Some(id) = &work.id {
                losses.push(loss::key_changed(work, self.format, id, &key, can_stand));
            }
            let mut keyed = work.clone();
            keyed.id = Some(key.into_owned());
            Cow::Owned(keyed)
        };
        self.put(&work)?;
        Ok(losses)
    }

    /// The same, with what tells the keys that are written kept where the caller says. To be
    /// asked for before the first work is written.
    #[must_use]
    pub fn remember_keys_in(mut self, seen: impl Seen + 'static) -> Self {
        self.keys.written = Written::kept_in(Box::new(seen));
        self
    }

    /// Ends the text, and gives back what it was written to.
    ///
    /// # Errors
    /// An error of kind [`Io`](crate::ErrorKind::Io) where the writer fails.
    pub fn finish(mut self) -> Result<W> {
        if self.format == Format::CslJson {
            self.to.write_all(if self.begun { ARRAY_END } else { "[\n]\n" }.as_bytes())?;
        }
        self.to.flush()?;
        Ok(self.to)
    }

    /// What is written to.
    pub fn get_ref(&self) -> &W {
        &self.to
    }

    /// What is written to; bytes of one's own between those of the format make it another.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.to
    }

    fn put(&mut self, work: &Work) -> Result<()> {
        let mut text = Vec::new();
        self.format.write_with(std::slice::from_ref(work), &mut text, &self.options)?;
        let begun = std::mem::replace(&mut self.begun, true);
        let (before, text) = match self.format {
            Format::Bibtex | Format::Biblatex => (if begun { "\n" } else { "" }, &text[..]),
            Format::CslJson => {
                // An array of one, of which the item is wanted.
                let item = text.strip_prefix(ARRAY_BEGIN.as_bytes()).unwrap_or(&text);
                let item = item.strip_suffix(ARRAY_END.as_bytes()).unwrap_or(item);
                (if begun { ",\n" } else { ARRAY_BEGIN }, item)
            }
            Format::Ris | Format::Ndjson => ("", &text[..]),
        };
        self.to.write_all(before.as_bytes())?;
        self.to.write_all(text)?;
        Ok(())
    }
}

/// How an array begins and ends around its items.
const ARRAY_BEGIN: &str = "[\n";
const ARRAY_END: &str = "\n]\n";

/// How many keys that came more than once are remembered with the number to try next; more would
/// fill memory, and what is forgotten can be found again.
const REPEATED: usize = 1 << 16;

/// The keys that are written.
#[derive(Debug, Default)]
struct Keys {
    written: Written,
    /// The number to try next behind a key that came more than once.
    next: HashMap<u64, u64>,
    /// Whether some of these were forgotten.
    forgot: bool,
}

impl Keys {
    fn of<'a>(&mut self, work: &'a Work, can_stand: bool) -> Cow<'a, str> {
        let base = match &work.id {
            Some(id) if can_stand => Cow::Borrowed(id.as_str()),
            _ => Cow::Owned(key::of(work)),
        };
        if self.written.is_new(&base) {
            return base;
        }
        if self.next.len() >= REPEATED {
            self.next.clear();
            self.forgot = true;
        }
        let number = self.written.number_of(&base);
        let mut next = match self.next.get(&number) {
            Some(&next) => next,
            None if self.forgot => self.free(&base),
            None => 2,
        };
        loop {
            let key = format!("{base}-{next}");
            next += 1;
            if self.written.is_new(&key) {
                self.next.insert(number, next);
                return Cow::Owned(key);
            }
        }
    }

    /// A number to try first behind a key of which it is not known how often it came. One by one
    /// they would be too many to try: they are doubled, then the gap is halved.
    fn free(&mut self, base: &str) -> u64 {
        let mut has = |number: u64| self.written.has(&format!("{base}-{number}"));
        let (mut taken, mut free) = (1, 2);
        while has(free) {
            (taken, free) = (free, free * 2);
        }
        while free - taken > 1 {
            let between = taken + (free - taken) / 2;
            if has(between) { taken = between } else { free = between }
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn work(id: Option<&str>, title: &str) -> Work {
        let mut work = Work::new(Kind::Book);
        work.id = id.map(str::to_owned);
        work.title = Some(title.to_owned());
        work
    }

    fn written(format: Format, works: &[Work]) -> (String, Vec<Diagnostic>) {
        let mut writer = format.writer(Vec::new(), WriteOptions::default());
        let losses = works.iter().flat_map(|work| writer.write(work).unwrap()).collect();
        (String::from_utf8(writer.finish().unwrap()).unwrap(), losses)
    }

    #[test]
    fn given_keys_are_kept_and_the_text_is_that_of_all_at_once() {
        let works = [work(Some("b:1"), "Harbour"), work(Some("a"), "Port"), work(Some("b"), "x")];
        for &format in Format::ALL {
            for count in 0..=works.len() {
                let mut whole = Vec::new();
                format.write(&works[..count], &mut whole).unwrap();
                let (text, losses) = written(format, &works[..count]);
                assert_eq!(text, String::from_utf8(whole).unwrap(), "{format}");
                assert_eq!(losses, format.losses(&works[..count]), "{format}");
            }
        }
    }

    #[test]
    fn what_comes_again_gets_a_number_and_is_said() {
        let works = [
            work(Some("a"), "Harbour"),
            work(Some("a-2"), "Harbour"),
            work(Some("a"), "Harbour"),
            work(None, "Harbour"),
            work(None, "Harbour"),
            work(Some("a b"), "Harbour"),
        ];
        let (text, losses) = written(Format::Bibtex, &works);
        let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("@book{")).collect();
        assert_eq!(keys, ["a,", "a-2,", "a-3,", "harbour,", "harbour-2,", "harbour-3,"]);
        let said: Vec<&str> = losses.iter().map(|loss| loss.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "another work has the key `a` already (“Harbour”)",
                "the key `a b` cannot stand in BibTeX as it is (“Harbour”)"
            ]
        );
        assert_eq!(losses[0].assumed.as_deref(), Some("`a-3` is written"));
    }

    #[test]
    fn what_is_forgotten_of_a_key_is_found_again() {
        let mut keys = Keys::default();
        let work = work(Some("a"), "Harbour");
        for _ in 0..100 {
            keys.of(&work, true);
        }
        keys.next.clear();
        keys.forgot = true;
        assert_eq!(keys.of(&work, true), "a-101");
        assert_eq!(keys.of(&work, true), "a-102");
    }

    #[test]
    fn one_key_a_hundred_thousand_times_takes_linear_time() {
        let mut keys = Keys::default();
        let work = work(Some("a"), "Harbour");
        for _ in 0..100_000 {
            keys.of(&work, true);
        }
        assert_eq!(keys.of(&work, true), "a-100001");
    }
}
