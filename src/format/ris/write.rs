//! Spells works as records.
pub(super) fn records(_works: &[crate::Work], _options: &super::Options) -> String {
    String::new()
}
