//! Which fields of an entry were taken.
//!
//! Part of [`read`](super).

/// The fields that were taken, by their places. Nearly every entry has few.
#[derive(Default)]
pub(super) struct Used {
    few: u64,
    many: Vec<bool>,
}

impl Used {
    pub(super) fn holds(&self, at: usize) -> bool {
        match at.checked_sub(u64::BITS as usize) {
            None => (self.few >> at) & 1 == 1,
            Some(at) => self.many.get(at).copied().unwrap_or_default(),
        }
    }

    pub(super) fn add(&mut self, at: usize) {
        match at.checked_sub(u64::BITS as usize) {
            None => self.few |= 1 << at,
            Some(at) => {
                self.many.resize(self.many.len().max(at + 1), false);
                if let Some(used) = self.many.get_mut(at) {
                    *used = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_held() {
        let mut used = Used::default();
        for at in [0, 63, 64, 200] {
            assert!(!used.holds(at));
            used.add(at);
        }
        let held: Vec<usize> = (0..300).filter(|&at| used.holds(at)).collect();
        assert_eq!(held, [0, 63, 64, 200]);
    }
}
