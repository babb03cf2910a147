//! What a stretch of text looks like, in numbers: how it opens, and how its words, figures and
//! marks are mixed.
//!
//! Takes the start of a line or a piece of an entry, gives [`Features`], which `likeness` weighs.
//! Nothing here decides; no number looks at what a word means but `prose`, which counts the words
//! of `data/lexicon/prose_words.tsv`.

use super::opening::{list_of_names, particle_opens};
use super::token::{Shape, TOKENS, Token, tokens};
use crate::lexicon::{Class, is_opening_word, is_prose_word, lexicon};

/// Makes the list of features of one table: constant's name and name in the weights' file.
macro_rules! features {
    ($($(#[doc = $doc:literal])+ $feature:ident = $name:literal;)+) => {
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Feature { $($(#[doc = $doc])+ $feature,)+ }

        /// The features' names, in their order.
        pub(super) const NAMES: &[&str] = &[$($name),+];
    };
}

features! {
    /// Always 1.
    Bias = "bias";
    /// Opens `Family, I.`
    FamilyCommaInitial = "family, initial";
    /// Opens `Family AB` or `Family A.`
    FamilyInitials = "family initials";
    /// Opens `I. Family` or `Given I. Family`
    InitialFamily = "initial family";
    /// Opens `Family, Given`
    FamilyCommaGiven = "family, given";
    /// Opens with a word in capitals and a comma, an initial or a name behind it.
    UpperFamily = "FAMILY";
    /// Opens with two to four capitalised words and a mark.
    CapitalRun = "capitalised words";
    /// Opens in lower case.
    OpensLower = "opens lower";
    /// Opens with a quotation mark.
    OpensQuote = "opens quote";
    /// Opens with a bracket.
    OpensBracket = "opens bracket";
    /// The second word is in lower case.
    SecondLower = "second lower";
    /// How many words of names the opening has, up to 12, in twelfths.
    Opening = "opening";
    /// The opening of names ends at a year.
    OpeningYear = "opening then year";
    /// The opening of names ends at a quotation mark or colon.
    OpeningQuote = "opening then quote";
    /// Has a year.
    Year = "year";
    /// Has a year in parentheses of its own.
    ParenthesisYear = "(year)";
    /// A year goes on in lower case, as in prose.
    YearLower = "year lower";
    /// The part of words in lower case.
    Lower = "lower";
    /// The longest run of words in lower case, up to 12, in twelfths.
    LowerRun = "lower run";
    /// The part of words that prose has and titles have not, up to a fifth, in fifths.
    Prose = "prose";
    /// Marks to words, up to 1.
    Marks = "marks";
    /// Numbers to words, up to 1.
    Numbers = "numbers";
    /// The part of words that are initials or groups of them.
    Initials = "initials";
    /// Has a range of numbers.
    Range = "range";
    /// Has `12(3)`, `12:3` or `12, 3` with more numbers.
    Numbering = "numbering";
    /// Has a web address or DOI.
    Address = "address";
    /// Has `Word: Word` with capitals.
    ColonCapital = "colon";
    /// Has a quotation.
    Quotation = "quotation";
    /// Has a short word in lower case with a full stop and a number behind.
    Abbreviation = "abbreviation";
    /// Is short: one less a twentieth of the words, down to 0.
    Short = "short";
    /// Ends in a full stop or its like.
    EndsSentence = "ends sentence";
    /// Has the full stop of Chinese and Japanese prose.
    WideStop = "wide stop";
    /// Two sentences or more, each in lower case for most part.
    CommaLower = "comma lower";
    /// Words of names to words, up to 1.
    Names = "names";
    /// Consists of an address and little else.
    OnlyAddress = "only address";
    /// Words are many: a fortieth of them, up to 1.
    Long = "long";
    /// Opens with a word that begins sentences and few names: an article, a preposition.
    OpensFunction = "opens function";
    /// Ends in a number or range, no year, but for the last full stop.
    EndsNumber = "ends number";
    /// Ends in a year, but for the last full stop or bracket.
    EndsYear = "ends year";
    /// Short, without a number or address: [`Feature::Short`] again.
    ShortBare = "short bare";
    /// Opens with one of the forms of a person's name, and has a year.
    NameYear = "name and year";
    /// Opens with one of the forms of a person's name, and has no year.
    NameNoYear = "name, no year";
    /// How many kinds of sign of a citation it has, in sixths.
    Signs = "signs";
    /// Few words, and a range or numbering of numbers: the end of a citation.
    Venue = "venue";
}

/// The features of one stretch of text, by [`Feature`].
#[derive(Clone, Debug)]
pub(super) struct Features([f32; NAMES.len()]);

impl Features {
    /// Looks at the beginning of `text`; a bullet or number before it should be gone.
    pub(super) fn of(text: &str) -> Self {
        let tokens = tokens(text, TOKENS);
        let mut features = Self([0.0; NAMES.len()]);
        features.set(Feature::Bias, true);
        features.opening(&tokens);
        features.mixture(&tokens);
        features.ending(&tokens);
        features.together();
        let end = text.trim_end().chars().next_back();
        features.set(
            Feature::EndsSentence,
            end.is_some_and(|c| matches!(c, '.' | '!' | '?' | '。' | '”' | '»' | ')' | ']' | '"')),
        );
        features
    }

    pub(super) fn values(&self) -> &[f32] {
        &self.0
    }

    pub(super) fn has(&self, feature: Feature) -> bool {
        self.0[feature as usize] > 0.0
    }

    pub(super) fn get(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }

    /// How the text opens, as one number: which of the forms of a first name it has.
    pub(super) fn shape(&self) -> u8 {
        let forms = [
            Feature::FamilyCommaInitial,
            Feature::UpperFamily,
            Feature::FamilyInitials,
            Feature::InitialFamily,
            Feature::FamilyCommaGiven,
            Feature::OpensQuote,
            Feature::OpensLower,
            Feature::CapitalRun,
            Feature::SecondLower,
        ];
        let known = forms.iter().zip(1u8..).find(|(form, _)| self.has(**form));
        known.map_or(0, |(_, number)| number)
    }

    fn set(&mut self, feature: Feature, value: bool) {
        self.0[feature as usize] = f32::from(u8::from(value));
    }

    /// A share of `whole`, no more than 1.
    fn share(&mut self, feature: Feature, part: usize, whole: usize) {
        #[expect(clippy::cast_precision_loss, reason = "counts of at most TOKENS")]
        let share = part as f32 / whole.max(1) as f32;
        self.0[feature as usize] = share.min(1.0);
    }

    fn opening(&mut self, tokens: &[Token<'_>]) {
        let particle = particle_opens(tokens);
        self.set(
            Feature::OpensFunction,
            tokens.first().is_some_and(|token| {
                // "de la Roe, J." opens with a word of sentences that is a name's here
                token.is_word()
                    && is_opening_word(token.text)
                    && !(particle && lexicon().classes(token.text).has(Class::Particle))
            }),
        );
        let shape = |at: usize| tokens.get(at).map(|token| token.shape);
        let is_mark = |at: usize, marks: &[char]| matches!(shape(at), Some(Shape::Mark(c)) if marks.contains(&c));
        self.set(Feature::OpensLower, shape(0) == Some(Shape::Lower) && !particle);
        self.set(Feature::OpensQuote, is_mark(0, &QUOTES));
        self.set(Feature::OpensBracket, is_mark(0, &['[']));
        self.set(
            Feature::SecondLower,
            tokens.first().is_some_and(Token::is_word) && shape(1) == Some(Shape::Lower),
        );

        // A family name of up to four words, particles and hyphens among them.
        let mut at = 0;
        let mut words = 0;
        while words < 4 && at < tokens.len() {
            let token = &tokens[at];
            let particle = token.shape == Shape::Lower && token.text.len() <= 4;
            let joins = (token.is('-') || token.is('‐') || token.is('‑')) && words > 0;
            if token.is_name_word() && token.shape != Shape::Initial || particle {
                words += 1;
            } else if !joins {
                break;
            }
            at += 1;
        }
        let family = at;
        let comma = is_mark(family, &[',', '،', '，']);
        let initial = |at: usize| {
            matches!(shape(at), Some(Shape::Initial))
                || matches!(tokens.get(at), Some(token) if token.shape == Shape::Upper && token.text.chars().count() <= 3)
        };
        self.set(Feature::FamilyCommaInitial, words > 0 && comma && initial(family + 1));
        self.set(
            Feature::FamilyInitials,
            words > 0
                && (initial(family) || family > 1 && initial(family - 1))
                && !comma
                && !(self.has(Feature::OpensFunction) && tokens[0].text.len() > 2),
        );
        self.set(
            Feature::FamilyCommaGiven,
            words > 0
                && comma
                && matches!(shape(family + 1), Some(Shape::Capital | Shape::Caseless))
                && (is_mark(family + 2, &[',', '.', ';', ':', '(', '&', '/'])
                    || initial(family + 2)
                    || matches!(tokens.get(family + 2), Some(token) if token.text.chars().count() <= 3)),
        );
        self.set(
            Feature::UpperFamily,
            matches!(tokens.first(), Some(token) if token.shape == Shape::Upper && token.text.chars().count() > 2)
                && (comma || initial(1) || matches!(shape(1), Some(Shape::Capital))),
        );
        self.set(
            Feature::CapitalRun,
            (2..=4).contains(&words)
                && tokens[..family].iter().all(|token| token.shape != Shape::Lower)
                && matches!(shape(family), Some(Shape::Mark(_))),
        );
        let initial_first =
            initial(0) && (is_mark(1, &['.', '-']) || matches!(shape(1), Some(Shape::Capital)));
        // "The U.S. data are older" opens with no name.
        let initial_second = !self.has(Feature::OpensFunction)
            && shape(0) == Some(Shape::Capital)
            && shape(1) == Some(Shape::Initial)
            && is_mark(2, &['.'])
            && matches!(shape(3), Some(Shape::Capital | Shape::Initial));
        self.set(Feature::InitialFamily, initial_first || initial_second);
        self.list_of_names(tokens);
    }

    /// How far a list of names may reach from the beginning, and what ends it.
    fn list_of_names(&mut self, tokens: &[Token<'_>]) {
        let (at, words) = list_of_names(tokens);
        self.share(Feature::Opening, words, 12);
        if words == 0 {
            return;
        }
        let paren = tokens.get(at).is_some_and(|token| token.is('(') || token.is('['));
        let ender = tokens.get(at + usize::from(paren));
        self.set(Feature::OpeningYear, ender.is_some_and(|token| token.shape == Shape::Year));
        self.set(
            Feature::OpeningQuote,
            !paren && ender.is_some_and(|token| matches!(token.shape, Shape::Mark(c) if c == ':' || QUOTES.contains(&c))),
        );
    }

    fn ending(&mut self, tokens: &[Token<'_>]) {
        if tokens.len() == TOKENS {
            return;
        }
        let mut last = tokens.iter().rev().skip_while(|token| {
            matches!(token.shape, Shape::Mark('.' | ')' | ']' | ',' | '。' | '>' | '¶'))
        });
        match last.next().map(|token| token.shape) {
            Some(Shape::Number) => self.set(Feature::EndsNumber, true),
            Some(Shape::Year) => {
                let range = last.next().is_some_and(
                    |token| matches!(token.shape, Shape::Mark(c) if DASHES.contains(&c)),
                );
                self.set(if range { Feature::EndsNumber } else { Feature::EndsYear }, true);
            }
            _ => {}
        }
    }

    /// Features that others make together.
    fn together(&mut self) {
        let has =
            |features: &[Feature]| features.iter().filter(|&&feature| self.has(feature)).count();
        let named = has(&[
            Feature::FamilyCommaInitial,
            Feature::FamilyInitials,
            Feature::InitialFamily,
            Feature::FamilyCommaGiven,
            Feature::UpperFamily,
        ]) > 0
            && !self.has(Feature::OpensFunction);
        let numbered = has(&[Feature::Range, Feature::Numbering]) > 0;
        let signs = has(&[
            Feature::Year,
            Feature::Range,
            Feature::Numbering,
            Feature::Address,
            Feature::ColonCapital,
            Feature::Quotation,
            Feature::Abbreviation,
        ]) + usize::from(named);
        let short = self.get(Feature::Short);
        let year = self.has(Feature::Year);
        self.set(Feature::NameYear, named && year);
        self.set(Feature::NameNoYear, named && !year);
        self.share(Feature::Signs, signs, 6);
        self.set(Feature::Venue, numbered && short > 0.2 && !named);
        self.0[Feature::ShortBare as usize] = if signs == 0 { short } else { 0.0 };
    }

    fn mixture(&mut self, tokens: &[Token<'_>]) {
        let (mut words, mut lower, mut prose, mut marks, mut numbers) = (0, 0, 0, 0, 0);
        let (mut initials, mut names, mut run, mut longest, mut addresses) = (0, 0, 0, 0, 0);
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            let after = tokens.get(at + 2);
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            if token.is_word() {
                // Chinese and Japanese write many words as one.
                words += if token.shape == Shape::Caseless {
                    1 + token.text.chars().take(60).count() / 3
                } else {
                    1
                };
                if token.shape == Shape::Lower {
                    lower += 1;
                    run += 1;
                } else {
                    run = 0;
                }
                prose += usize::from(is_prose_word(token.text));
                initials += usize::from(token.shape == Shape::Initial);
                names += usize::from(token.is_name_word());
            } else {
                run = 0;
            }
            longest = longest.max(run);
            match token.shape {
                Shape::Year => {
                    numbers += 1;
                    self.set(Feature::Year, true);
                    let opens = before.is_some_and(|token| token.is('('));
                    let closes = next.is_some_and(|token| token.is(')'));
                    if opens && closes {
                        self.set(Feature::ParenthesisYear, true);
                    }
                    let follower = if closes { after } else { next };
                    if follower.is_some_and(|token| token.shape == Shape::Lower && token.spaced) {
                        self.set(Feature::YearLower, true);
                    }
                }
                Shape::Number => {
                    numbers += 1;
                    if next.is_some_and(|token| token.is('(') || token.is(':'))
                        && after.is_some_and(|token| token.shape == Shape::Number)
                    {
                        self.set(Feature::Numbering, true);
                    }
                }
                Shape::Address => {
                    addresses += 1;
                    self.set(Feature::Address, true);
                }
                Shape::Mark(c) => {
                    marks += 1;
                    let number = |token: Option<&Token<'_>>| {
                        token
                            .is_some_and(|token| matches!(token.shape, Shape::Number | Shape::Year))
                    };
                    if DASHES.contains(&c) && number(before) && number(next) {
                        self.set(Feature::Range, true);
                    }
                    if c == ':'
                        && before.is_some_and(Token::is_name_word)
                        && next.is_some_and(Token::is_name_word)
                    {
                        self.set(Feature::ColonCapital, true);
                    }
                    if QUOTES.contains(&c) {
                        self.set(Feature::Quotation, true);
                    }
                    if c == '。' {
                        self.set(Feature::WideStop, true);
                    }
                    if c == ',' && next.is_some_and(|token| token.shape == Shape::Lower) {
                        self.set(Feature::CommaLower, true);
                    }
                    if c == '.'
                        && before.is_some_and(|token| {
                            token.shape == Shape::Lower && token.text.chars().count() <= 4
                        })
                        && number(next)
                    {
                        self.set(Feature::Abbreviation, true);
                    }
                }
                _ => {}
            }
        }
        self.share(Feature::Lower, lower, words);
        self.share(Feature::LowerRun, longest, 12);
        self.share(Feature::Prose, prose * 5, words);
        self.share(Feature::Marks, marks, words);
        self.share(Feature::Numbers, numbers, words);
        self.share(Feature::Initials, initials, words);
        self.share(Feature::Names, names, words);
        self.share(Feature::Short, 20 - words.min(20), 20);
        self.share(Feature::Long, words, 40);
        self.set(Feature::OnlyAddress, addresses > 0 && words <= 3);
    }
}

const QUOTES: [char; 11] = ['"', '“', '”', '„', '«', '»', '‘', '《', '「', '『', '‹'];
const DASHES: [char; 6] = ['-', '–', '—', '‐', '‑', '−'];
