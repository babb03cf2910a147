//! The counting over many references, and what comes of it: figures, a table, the faults.

use super::compare::{Verdict, compare};
use super::count::{Count, share};
use super::{FIELDS, Gold, Options};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::Value;
use std::cmp::Reverse;
use std::fmt;

/// How much of what was read is right. The module's page has an example.
///
/// With `serde` it becomes an object of `n` (references), `micro` (all fields together),
/// `instance` (share of references without a fault) and `fields`. As text it is a table.
#[derive(Clone, Debug)]
pub struct Evaluation {
    options: Options,
    references: usize,
    /// By the place of the field in [`FIELDS`]; last the type.
    counts: [Count; FIELDS.len() + 1],
    faults: Vec<Fault>,
}

/// A reference that was not read rightly.
///
/// As text it is the reference with a line for every wrong field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// What names the reference in its file.
    pub id: String,
    /// The reference as it was typed.
    pub text: String,
    /// What is wrong, in the order of [`FIELDS`].
    pub wrong: Vec<WrongField>,
}

/// A field that was not read rightly.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WrongField {
    /// The field's CSL name.
    pub field: &'static str,
    /// What is wrong with it.
    pub verdict: Verdict,
    /// What should have been read; null where nothing should.
    pub gold: Value,
    /// What was read; null where nothing was.
    pub read: Value,
}

impl Evaluation {
    /// An evaluation of no reference yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, references: 0, counts: Default::default(), faults: Vec::new() }
    }

    /// Compares what was read from a reference, a CSL-JSON item, with what should have been.
    /// Anything but an object counts as an item without fields. Never fails.
    pub fn add(&mut self, gold: &Gold, read: &Value) {
        let mut wrong = Vec::new();
        let fields = FIELDS.into_iter().chain(self.options.types.then_some("type"));
        for (field, count) in fields.zip(&mut self.counts) {
            if gold.fields.as_ref().is_some_and(|known| !known.iter().any(|name| name == field)) {
                continue;
            }
            let Some(verdict) = compare(field, &gold.item, read, self.options.soft) else {
                continue;
            };
            count.record(verdict);
            if let Err(verdict) = verdict {
                let value = |item: &Value| item.get(field).cloned().unwrap_or_default();
                wrong.push(WrongField {
                    field,
                    verdict,
                    gold: value(&gold.item),
                    read: value(read),
                });
            }
        }
        self.references += 1;
        if !wrong.is_empty() {
            self.faults.push(Fault { id: gold.id.clone(), text: gold.text.clone(), wrong });
        }
    }

    /// The count of every field that occurred on either side, in the order of [`FIELDS`].
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Count)> {
        let names = FIELDS.into_iter().chain(["type"]);
        names.zip(self.counts).filter(|&(_, count)| count != Count::default())
    }

    /// The count of all fields together.
    #[must_use]
    pub fn micro(&self) -> Count {
        let mut all = Count::default();
        self.counts.iter().for_each(|&count| all += count);
        all
    }

    /// How many references have no fault, and how many there are.
    #[must_use]
    pub fn whole(&self) -> (usize, usize) {
        (self.references - self.faults.len(), self.references)
    }

    /// The references that were not read rightly, those with the most wrong fields first.
    #[must_use]
    pub fn faults(&self) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort_by_key(|fault| Reverse(fault.wrong.len()));
        faults
    }

    fn instance(&self) -> f64 {
        let (right, all) = self.whole();
        share(right, all)
    }
}

impl Serialize for Evaluation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Fields<'a>(&'a Evaluation);
        impl Serialize for Fields<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                for (name, count) in self.0.fields() {
                    map.serialize_entry(name, &count)?;
                }
                map.end()
            }
        }
        let mut figures = serializer.serialize_struct("Evaluation", 4)?;
        figures.serialize_field("n", &self.references)?;
        figures.serialize_field("micro", &self.micro())?;
        figures.serialize_field("instance", &self.instance())?;
        figures.serialize_field("fields", &Fields(self))?;
        figures.end()
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:17}{:>7}{:>7}{:>7}{:>8}{:>7}{:>7}",
            "field", "prec", "recall", "F1", "tp", "fp", "fn"
        )?;
        for (name, count) in self.fields().chain([("micro", self.micro())]) {
            writeln!(
                f,
                "{name:17}{:7.2}{:7.2}{:7.2}{:8}{:7}{:7}",
                100.0 * count.precision(),
                100.0 * count.recall(),
                100.0 * count.f1(),
                count.right(),
                count.surplus(),
                count.missing()
            )?;
        }
        let share = 100.0 * self.instance();
        writeln!(f, "instance accuracy {share:.2} % of {}", self.references)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.id, self.text)?;
        for WrongField { field, verdict, gold, read } in &self.wrong {
            writeln!(f, "  {:4}{field}: gold {gold}, parsed {read}", verdict.as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn gold(id: &str, item: Value, fields: Option<&[&str]>) -> Gold {
        let fields = fields.map(|names| names.iter().map(|&name| name.to_owned()).collect());
        Gold { id: id.to_owned(), text: String::new(), item, fields }
    }

    fn three() -> [Gold; 3] {
        [
            gold("1", json!({"title": "A", "volume": "1", "type": "book", "note": "z"}), None),
            gold("2", json!({"title": "B"}), Some(&["title"])),
            gold("3", json!({"title": "C"}), None),
        ]
    }

    fn evaluated(gold: &[Gold], read: &[Value], types: bool) -> Evaluation {
        let mut evaluation = Evaluation::new(Options { types, soft: false });
        for (gold, read) in gold.iter().zip(read) {
            evaluation.add(gold, read);
        }
        evaluation
    }

    fn read() -> [Value; 3] {
        [
            json!({"title": "A", "volume": "2", "issue": "3", "type": "chapter"}),
            json!({"title": "b.", "volume": "9"}),
            Value::Null,
        ]
    }

    #[test]
    fn right_surplus_and_missing_are_counted() {
        let evaluation = evaluated(&three(), &read(), false);
        assert_eq!(evaluation.micro(), Count::new(2, 2, 2));
        assert_eq!(evaluation.whole(), (1, 3));
        let fields: Vec<_> = evaluation.fields().collect();
        assert_eq!(
            fields,
            [
                ("title", Count::new(2, 0, 1)),
                ("volume", Count::new(0, 1, 1)),
                ("issue", Count::new(0, 1, 0)),
            ]
        );
        let typed = evaluated(&three(), &read(), true);
        assert_eq!(typed.fields().last(), Some(("type", Count::new(0, 1, 1))));
    }

    #[test]
    fn faults_come_worst_first() {
        let evaluation = evaluated(&three(), &read(), false);
        let faults: Vec<String> = evaluation.faults().iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "1: \n  err volume: gold \"1\", parsed \"2\"\n  fp  issue: gold null, parsed \"3\"\n",
                "3: \n  fn  title: gold \"C\", parsed null\n",
            ]
        );
    }

    #[test]
    fn all_right_and_nothing_read() {
        let gold = three();
        let items: Vec<Value> = gold.iter().map(|gold| gold.item.clone()).collect();
        let perfect = evaluated(&gold, &items, true);
        assert_eq!(perfect.whole(), (3, 3));
        assert!((perfect.micro().f1() - 1.0).abs() < 1e-12 && perfect.faults().is_empty());
        let empty = evaluated(&gold, &[json!({}), json!([]), json!(null)], false);
        assert_eq!((empty.whole(), empty.micro()), ((0, 3), Count::new(0, 0, 4)));
        // Nothing should be read, and nothing was.
        let nothing = [super::Gold { item: json!({}), ..gold[0].clone() }];
        assert_eq!(evaluated(&nothing, &[json!({})], false).whole(), (1, 1));
    }

    #[test]
    fn the_table_and_the_json_have_the_known_form() {
        let evaluation = evaluated(&three(), &read(), false);
        let table = evaluation.to_string();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "field               prec recall     F1      tp     fp     fn");
        assert_eq!(lines[1], "title             100.00  66.67  80.00       2      0      1");
        assert_eq!(lines[4], "micro              50.00  50.00  50.00       2      2      2");
        assert_eq!(lines[5], "instance accuracy 33.33 % of 3");
        let value = serde_json::to_value(&evaluation).unwrap();
        assert_eq!(value["n"], 3);
        assert_eq!(
            value["micro"],
            json!({"precision": 0.5, "recall": 0.5, "f1": 0.5, "tp": 2, "fp": 2, "fn": 2})
        );
        assert_eq!(value["fields"]["issue"]["fp"], 1);
    }
}
