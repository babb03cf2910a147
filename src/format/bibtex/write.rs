//! Spells works as entries.
pub(super) fn entries(_works: &[crate::Work], _options: &super::Options) -> String {
    String::new()
}
