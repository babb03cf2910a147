//! Whether two titles are nearly the same: GROBID's soft criterion.

/// The share of a title that may differ.
const SHARE: f64 = 1.0 - 0.8;

/// Whether at most a fifth of the longer text must be changed to get the other (Levenshtein).
pub(super) fn nearly_equal(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let longest = one.len().max(other.len());
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths are far below 2^52, and the product is positive"
    )]
    let limit = (SHARE * longest as f64 + 1e-9) as usize;
    within(&one, &other, limit)
}

/// Whether the distance of two texts is at most `limit`. Takes time by length times limit, and
/// only as long as the distance may still be kept.
fn within(one: &[char], other: &[char], limit: usize) -> bool {
    if one.len().abs_diff(other.len()) > limit {
        return false;
    }
    // Only cells beside the diagonal can hold a distance within the limit.
    let far = limit + 1;
    let mut previous: Vec<usize> = (0..=other.len()).collect();
    let mut current = vec![far; other.len() + 1];
    for (row, a) in (1_usize..).zip(one) {
        let from = row.saturating_sub(limit).max(1);
        let to = other.len().min(row + limit);
        let mut left = if from == 1 { row } else { far };
        let mut least = left;
        set(&mut current, from - 1, left);
        for column in from..=to {
            let changed = usize::from(other.get(column - 1) != Some(a));
            let above = get(&previous, column, far) + 1;
            let across = get(&previous, column - 1, far) + changed;
            left = above.min(left + 1).min(across);
            least = least.min(left);
            set(&mut current, column, left);
        }
        set(&mut current, to + 1, far);
        if least > limit {
            return false;
        }
        std::mem::swap(&mut previous, &mut current);
    }
    get(&previous, other.len(), far) <= limit
}

fn get(row: &[usize], at: usize, far: usize) -> usize {
    row.get(at).copied().unwrap_or(far)
}

fn set(row: &mut [usize], at: usize, value: usize) {
    if let Some(cell) = row.get_mut(at) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance_within(one: &str, other: &str, limit: usize) -> bool {
        within(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), limit)
    }

    #[test]
    fn a_fifth_may_differ() {
        assert!(nearly_equal("abcde", "abcdx"));
        assert!(!nearly_equal("abcd", "abcx"));
        assert!(nearly_equal("liquid modernity", "liquid modernities"));
        assert!(!nearly_equal("liquid modernity", "solid antiquity"));
        assert!(nearly_equal("", ""));
    }

    #[test]
    fn the_limit_is_kept_to_the_step() {
        assert!(distance_within("kitten", "sitting", 3));
        assert!(!distance_within("kitten", "sitting", 2));
        assert!(distance_within("", "abc", 3) && !distance_within("", "abc", 2));
        assert!(distance_within("same", "same", 0) && !distance_within("same", "sane", 0));
    }

    /// Against the whole table, without a limit.
    #[test]
    fn the_narrow_table_agrees_with_the_whole_one() {
        let words = ["", "a", "ab", "ba", "abab", "baba", "aabb", "abcabc", "cabcab", "bbbbbb"];
        for one in words {
            for other in words {
                let exact = whole_table(one, other);
                for limit in 0..8 {
                    assert_eq!(
                        distance_within(one, other, limit),
                        exact <= limit,
                        "{one} {other} {limit}"
                    );
                }
            }
        }
    }

    fn whole_table(one: &str, other: &str) -> usize {
        let other: Vec<char> = other.chars().collect();
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (index, a) in one.chars().enumerate() {
            let mut diagonal = row[0];
            row[0] = index + 1;
            for column in 1..row.len() {
                let across = diagonal + usize::from(other[column - 1] != a);
                diagonal = row[column];
                row[column] = across.min(diagonal + 1).min(row[column - 1] + 1);
            }
        }
        row[other.len()]
    }
}
