//! The text of a Rich Text file cut into groups, control words and bytes (RTF specification 1.9.1,
//! "RTF syntax").

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'r> {
    /// A group opens.
    Open,
    /// A group closes.
    Close,
    /// A control word and its number.
    Word(&'r str, Option<i32>),
    /// A control symbol: `\~`.
    Symbol(u8),
    /// A byte of text that is written as its number: `\'e9`.
    Byte(u8),
    /// Bytes of text.
    Text(&'r [u8]),
}

/// The pieces of a file in their order.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'r> {
    rtf: &'r [u8],
    at: usize,
}

impl<'r> Tokens<'r> {
    pub(super) fn new(rtf: &'r [u8]) -> Self {
        Self { rtf, at: 0 }
    }

    /// The rest of the group that is open goes, its end included; it is given as it is written.
    pub(super) fn rest(&mut self) -> &'r [u8] {
        let start = self.at;
        let mut depth = 0_usize;
        let mut end = start;
        while let Some(token) = self.next() {
            match token {
                Token::Open => depth += 1,
                Token::Close if depth == 0 => break,
                Token::Close => depth -= 1,
                _ => {}
            }
            end = self.at;
        }
        self.rtf.get(start..end).unwrap_or_default()
    }

    fn length(&self, from: usize, is: impl Fn(u8) -> bool) -> usize {
        self.rtf.get(from..).unwrap_or_default().iter().take_while(|&&byte| is(byte)).count()
    }

    /// What follows a backslash.
    fn control(&mut self) -> Token<'r> {
        let Some(&first) = self.rtf.get(self.at) else { return Token::Text(b"") };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            let hex = self.rtf.get(self.at..self.at + 2).filter(|_| first == b'\'');
            let byte = hex.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
            return match byte {
                Some(byte) => {
                    self.at += 2;
                    Token::Byte(byte)
                }
                None => Token::Symbol(first),
            };
        }
        let start = self.at;
        self.at += self.length(start, |byte| byte.is_ascii_alphabetic());
        let word = self.rtf.get(start..self.at).and_then(|word| str::from_utf8(word).ok());
        let word = word.unwrap_or_default();
        let sign = usize::from(self.rtf.get(self.at) == Some(&b'-'));
        let digits = self.length(self.at + sign, |byte| byte.is_ascii_digit());
        let mut number = None;
        if digits > 0 {
            let end = self.at + sign + digits;
            let written = self.rtf.get(self.at..end).and_then(|digits| str::from_utf8(digits).ok());
            number = written.and_then(|digits| digits.parse().ok());
            self.at = end;
        }
        // The space that ends a control word belongs to it.
        self.at += usize::from(self.rtf.get(self.at) == Some(&b' '));
        if word == "bin" {
            let bytes = number.and_then(|count: i32| usize::try_from(count).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(bytes).min(self.rtf.len());
        }
        Token::Word(word, number)
    }
}

impl<'r> Iterator for Tokens<'r> {
    type Item = Token<'r>;

    fn next(&mut self) -> Option<Token<'r>> {
        loop {
            let first = *self.rtf.get(self.at)?;
            let start = self.at;
            self.at += 1;
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                _ => {
                    let is_text = |byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    self.at = start + self.length(start, is_text);
                    Token::Text(self.rtf.get(start..self.at).unwrap_or_default())
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let rtf = b"{\\rtf1\\li-20 a\r\nb\\'e9\\~\\'zz\\bin3 }}}c}";
        let tokens: Vec<_> = Tokens::new(rtf).collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("li", Some(-20)),
                Token::Text(b"a"),
                Token::Text(b"b"),
                Token::Byte(0xE9),
                Token::Symbol(b'~'),
                Token::Symbol(b'\''),
                Token::Text(b"zz"),
                Token::Word("bin", Some(3)),
                Token::Text(b"c"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn a_skipped_group_is_given_as_it_is_written() {
        let mut tokens = Tokens::new(b"{a{b\\}c}d}e");
        tokens.next();
        assert_eq!(tokens.rest(), b"a{b\\}c}d");
        assert_eq!(tokens.next(), Some(Token::Text(b"e")));
        assert_eq!(Tokens::new(b"{a\\").rest(), b"{a\\");
    }
}
