//! Addresses whose characters are escaped as `%28` (RFC 3986, 2.1). Called by `document` for the
//! parts of books, and by `citation` for the targets of links.

/// An address with its escapes as characters; as it is where that gives no text.
pub(crate) fn without_percents(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digits =
            behind.get(..2).filter(|it| byte == b'%' && it.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_two_digits_and_give_text() {
        for (address, plain) in
            [("a%20b%C3%A9", "a bé"), ("100%", "100%"), ("%+1%2", "%+1%2"), ("%FF", "%FF")]
        {
            assert_eq!(without_percents(address), plain);
        }
    }
}
