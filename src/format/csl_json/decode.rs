//! Bytes of a stream to text, piece by piece.
//!
//! Called by [`reader`](super::reader). UTF-8 with or without its mark; what is not UTF-8 is
//! replaced.

use crate::Diagnostic;
use std::io::{self, Read};

const CHUNK: usize = 64 << 10;

pub(super) struct Decoder<R> {
    from: R,
    rest: Vec<u8>,
    begun: bool,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, rest: Vec::new(), begun: false }
    }

    /// Appends more text; false at the end.
    pub(super) fn fill(&mut self, out: &mut String) -> io::Result<bool> {
        let before = self.rest.len();
        self.rest.resize(before + CHUNK, 0);
        let read = loop {
            match self.from.read(&mut self.rest[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.rest.truncate(before + read.as_ref().copied().unwrap_or(0));
        let read = read?;
        if !self.begun && (self.rest.len() >= 3 || read == 0) {
            self.begun = true;
            if self.rest.starts_with(b"\xEF\xBB\xBF") {
                self.rest.drain(..3);
            }
        }
        if !self.begun {
            return Ok(true);
        }
        // The bytes of a character that is not there to its end wait for the next time.
        let whole = match str::from_utf8(&self.rest) {
            Ok(_) => self.rest.len(),
            Err(_) if read == 0 => self.rest.len(),
            Err(_) => {
                let start = self.rest.len().saturating_sub(3);
                let head = |&at: &usize| self.rest[at] >= 0xC0;
                (start..self.rest.len()).rev().find(head).unwrap_or(self.rest.len())
            }
        };
        out.push_str(&String::from_utf8_lossy(&self.rest[..whole]));
        self.rest.drain(..whole);
        Ok(read > 0)
    }

    pub(super) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        Vec::new()
    }
}
