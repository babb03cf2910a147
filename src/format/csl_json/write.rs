//! Spells works as items.
pub(super) fn array(_works: &[crate::Work], _options: &super::Options) -> String {
    String::new()
}
pub(super) fn lines(_works: &[crate::Work], _options: &super::Options) -> String {
    String::new()
}
