//! How sure values are: from the share that the labeller gives a value's least sure word to the
//! share of right values among those with such a share.
//!
//! The tables were measured on labelled references that the model was not trained on; labels
//! have faults of their own, so that the true shares lie a little higher. docs/labelling.md
//! shows how well they hold on others.

use crate::work::{Confidence, Field, FieldEvidence};

/// Where the steps of the tables lie: the share of the label.
const STEPS: [f32; 11] = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999];

/// The share of right values below the first step, between the first and the second, and so on.
type Table = [f32; STEPS.len() + 1];

const NAMES: Table = [0.50, 0.54, 0.54, 0.54, 0.69, 0.78, 0.78, 0.78, 0.78, 0.86, 0.91, 0.96];
const TITLES: Table = [0.31, 0.31, 0.31, 0.34, 0.64, 0.77, 0.83, 0.88, 0.90, 0.91, 0.97, 0.99];
const NUMBERS: Table = [0.33, 0.33, 0.37, 0.68, 0.68, 0.71, 0.77, 0.87, 0.88, 0.94, 0.97, 0.99];
const IMPRINT: Table = [0.33, 0.33, 0.42, 0.46, 0.46, 0.50, 0.61, 0.73, 0.81, 0.88, 0.97, 0.99];
const LINKS: Table = [0.43, 0.43, 0.43, 0.43, 0.43, 0.43, 0.50, 0.50, 0.75, 0.75, 0.75, 0.93];

/// No work is surer than this to be right in everything.
const WHOLE: f32 = 0.95;

/// The confidence of a value of `field` whose label has `share`.
pub(crate) fn share(field: Field, share: f32) -> Confidence {
    let table = match field {
        Field::Author | Field::Editor | Field::Translator => NAMES,
        Field::Publisher | Field::PublisherPlace | Field::Edition => IMPRINT,
        Field::Issued | Field::Accessed | Field::Volume | Field::Issue | Field::Page => NUMBERS,
        Field::Doi | Field::Url => LINKS,
        _ => TITLES,
    };
    Confidence::new(table[STEPS.partition_point(|&step| step <= share)])
}

/// The confidence of a work, from those of its values: all must be right. Remarks, and what has
/// no place in the text, do not count.
pub(crate) fn of_work(fields: &[FieldEvidence]) -> Confidence {
    let mut whole = 1.0;
    for (nth, evidence) in fields.iter().enumerate() {
        // names of one list are sure together
        let counted = !evidence.spans.is_empty()
            && evidence.field != Field::Note
            && fields[..nth].last().is_none_or(|before| before.field != evidence.field);
        if counted {
            whole *= evidence.confidence.get();
        }
    }
    Confidence::new(f32::min(whole, WHOLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_share_is_never_less_sure() {
        for table in [NAMES, TITLES, NUMBERS, IMPRINT, LINKS] {
            assert!(table.is_sorted());
        }
        assert!(share(Field::Title, 0.2).get() < share(Field::Title, 1.0).get());
    }

    #[test]
    fn a_work_is_as_sure_as_all_of_its_values() {
        let evidence = |field, share| {
            FieldEvidence::new(field, 0, vec![crate::Span::new(0, 1)], Confidence::new(share))
        };
        let fields = [
            evidence(Field::Author, 0.5),
            evidence(Field::Author, 0.5),
            evidence(Field::Title, 0.5),
            evidence(Field::Note, 0.1),
        ];
        assert_eq!(of_work(&fields).get(), 0.25);
        assert_eq!(of_work(&[]).get(), WHOLE);
    }
}
