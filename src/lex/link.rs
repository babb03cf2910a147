//! Addresses in running text, and where they end.

/// Whether an address or a bare DOI may begin with these letters: most words need not be asked
/// for more.
pub(super) fn may_be_link(text: &[u8]) -> bool {
    matches!(
        text,
        [b'h' | b'H' | b'f' | b'F', b't' | b'T', ..]
            | [b'w' | b'W', b'w' | b'W', ..]
            | [b'1', b'0', ..]
    )
}

/// The length of an address or a bare DOI at the beginning of `text`.
pub(super) fn link_len(text: &str) -> Option<usize> {
    const SCHEMES: [&str; 4] = ["http://", "https://", "ftp://", "www."];
    let begins =
        |head: &str| text.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head));
    let doi = text.strip_prefix("10.").is_some_and(|rest| {
        let digits = rest.bytes().take(32).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        digits >= 3 && rest[digits..].starts_with('/')
    });
    if !doi && !SCHEMES.into_iter().any(begins) {
        return None;
    }
    // A DOI may hold angle brackets; an address stands between them.
    let ends = |c: char| {
        c.is_whitespace()
            || !doi && matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '，' | '。')
    };
    let end = text.find(ends).unwrap_or(text.len());
    let link = without_sentence_marks(&text[..end]);
    (link.len() > 6).then_some(link.len())
}

/// An address or identifier without the marks of the sentence around it: stops and quotation
/// marks at its end, and closing brackets that none opened.
pub(crate) fn without_sentence_marks(link: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
    let mut unclosed: [i64; 4] = [0; 4];
    for c in link.chars() {
        for (count, (open, close)) in unclosed.iter_mut().zip(PAIRS) {
            *count += i64::from(c == open) - i64::from(c == close);
        }
    }
    let mut rest = link;
    while let Some(last) = rest.chars().next_back() {
        match PAIRS.iter().position(|&(_, close)| close == last) {
            Some(pair) if unclosed[pair] < 0 => unclosed[pair] += 1,
            None if ".,;:'’\"”»!?".contains(last) => {}
            _ => break,
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest
}
