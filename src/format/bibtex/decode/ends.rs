//! Where math ends in a LaTeX value.
//!
//! Called by [`walk`](super::walk).

/// How long math may be, in bytes: an unpaired `$` is not looked for to the end each time.
pub(super) const LONGEST_MATH: usize = 4096;

/// Where the math that begins here ends: at its fence, with balanced braces between.
pub(super) fn end_of_math(inner: &str, fence: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in inner.bytes().enumerate().take(LONGEST_MATH) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b'$' if depth == 0 => return inner[at..].starts_with(fence).then_some(at),
            _ => {}
        }
    }
    None
}

/// Where a command stands that ends math, with balanced braces before it.
pub(super) fn end_of_command(text: &str, command: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_MATH) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if depth == 0 && text[at..].starts_with(command) => return Some(at),
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}
