//! How much a stretch of text looks like the beginning of a citation, or like prose.
//!
//! Two sums of weighted [`Features`], each the logarithm of odds. The weights stand in
//! `data/extract/likeness.tsv` and were fitted by logistic regression on made-up references in two
//! thousand styles, cut at any place, against prose of a manual in all its languages. Called by
//! `region` and `annotation`.

use super::feature::{Features, NAMES};
use std::sync::OnceLock;

/// The sums are drawn to this at most, so that no single line outweighs a whole layout.
const CERTAIN: f32 = 6.0;

struct Weights {
    start: [f32; NAMES.len()],
    prose: [f32; NAMES.len()],
}

/// The odds, as a logarithm, that a citation begins here.
pub(super) fn start(features: &Features) -> f32 {
    sum(features, &weights().start)
}

/// The odds, as a logarithm, that this is prose rather than a piece of a citation.
pub(super) fn prose(features: &Features) -> f32 {
    sum(features, &weights().prose)
}

fn sum(features: &Features, weights: &[f32; NAMES.len()]) -> f32 {
    let sum: f32 =
        features.values().iter().zip(weights).map(|(value, weight)| value * weight).sum();
    sum.clamp(-CERTAIN, CERTAIN)
}

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let mut weights = Weights { start: [0.0; NAMES.len()], prose: [0.0; NAMES.len()] };
        for line in include_str!("../../data/extract/likeness.tsv").lines() {
            let mut cells = line.split('\t');
            let Some(at) = cells.next().and_then(|name| NAMES.iter().position(|n| *n == name))
            else {
                continue;
            };
            let mut number = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
            weights.start[at] = number();
            weights.prose[at] = number();
        }
        weights
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weights() {
        let table = include_str!("../../data/extract/likeness.tsv");
        let names: Vec<&str> =
            table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(names, NAMES);
    }

    #[test]
    fn citations_and_prose_are_told_apart() {
        for citation in [
            "Okafor, N. & L. Reyes (2011) Harbour watch. Port Studies 15 (2): 61–70.",
            "N. Okafor, « La veille des ports », Études portuaires, 15 (2011), p. 61-70.",
            "Okafor NA. Harbour watch. Port Stud. 2011;15:61-70.",
            "Окафор Н. Портовая стража. М.: Наука, 2011. 210 с.",
            "余敏, 朱江. 港口研究. 图书馆杂志, 2009, 29: 94-98.",
            "World Port Council. 2011. Harbour watch. Rotterdam: World Port Council.",
        ] {
            assert!(start(&Features::of(citation)) > 0.0, "{citation}");
        }
        for prose in [
            "As Roe and Poe (2004) have shown, a register is only as good as its keepers.",
            "This book asks why ports closed. It was written for pilots.",
            "In 2007, Roe and her colleagues told the committee that it had erred (1998, 2003).",
            "Das Buch beschreibt, wie die Häfen im Jahr 1919 geschlossen wurden.",
        ] {
            assert!(start(&Features::of(prose)) < 0.0, "{prose}");
            assert!(super::prose(&Features::of(prose)) > 0.0, "{prose}");
        }
    }
}
