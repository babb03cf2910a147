//! An input that a thread of its own reads ahead, a few pieces and no more.
//!
//! Takes anything that can be read, gives its bytes in order; called by [`Lines`](super::Lines).
//! A reader alone cannot tell whether the next line is there or must be waited for: that a
//! buffer has come to its end says nothing of what stands behind it. Here it is known, so that
//! a file runs through without a stop, and a program that sends a line and waits for its answer
//! gets it.

use std::collections::VecDeque;
use std::io::{self, BufRead, ErrorKind, Read};
use std::sync::mpsc::{Receiver, sync_channel};

/// How many bytes a piece has at most.
const PIECE: usize = 1 << 16;
/// How many pieces wait at most.
const WAITING: usize = 4;

/// An input that is read ahead.
#[derive(Debug)]
pub(super) struct Ahead {
    pieces: Receiver<io::Result<Vec<u8>>>,
    /// What has come; of the first piece, bytes before `at` are taken.
    here: VecDeque<io::Result<Vec<u8>>>,
    at: usize,
}

impl Ahead {
    /// Begins to read. The thread ends with the input, or with the process.
    pub(super) fn of(mut from: impl Read + Send + 'static) -> Self {
        let (to, pieces) = sync_channel(WAITING);
        std::thread::spawn(move || {
            loop {
                let mut piece = vec![0; PIECE];
                let read = match from.read(&mut piece) {
                    Ok(0) => return,
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    read => read,
                };
                let failed = read.is_err();
                let sent = to.send(read.map(|length| {
                    piece.truncate(length);
                    piece
                }));
                if failed || sent.is_err() {
                    return;
                }
            }
        });
        Self { pieces, here: VecDeque::new(), at: 0 }
    }

    /// Whether a line's end, or a failure, is among what has come by now.
    pub(super) fn has_line(&mut self) -> bool {
        let ends = |at: usize, piece: &io::Result<Vec<u8>>| match piece {
            Ok(piece) => piece.get(at..).unwrap_or_default().contains(&b'\n'),
            Err(_) => true,
        };
        let mut at = self.at;
        for piece in &self.here {
            if ends(std::mem::take(&mut at), piece) {
                return true;
            }
        }
        while let Ok(piece) = self.pieces.try_recv() {
            let ends = ends(0, &piece);
            self.here.push_back(piece);
            if ends {
                return true;
            }
        }
        false
    }
}

impl Read for Ahead {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(to)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Some(Ok(piece)) = self.here.front()
            && self.at >= piece.len()
        {
            self.here.pop_front();
            self.at = 0;
        }
        if self.here.is_empty() {
            // No more comes once the thread has ended.
            self.here.extend(self.pieces.recv());
        }
        if let Some(Err(_)) = self.here.front()
            && let Some(Err(error)) = self.here.pop_front()
        {
            return Err(error);
        }
        match self.here.front() {
            Some(Ok(piece)) => Ok(piece.get(self.at..).unwrap_or_default()),
            _ => Ok(&[]),
        }
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, then fails.
    struct Failing(&'static [u8]);

    impl Read for Failing {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let count = to.len().min(3);
            match self.0.read(&mut to[..count])? {
                0 => Err(io::Error::other("the disk is gone")),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn all_bytes_come_in_order_and_then_the_failure() {
        let mut ahead = Ahead::of(Failing(b"one\ntwo and three"));
        let mut text = Vec::new();
        assert_eq!(ahead.read_until(b'\n', &mut text).unwrap(), 4);
        let error = ahead.read_to_end(&mut text).unwrap_err();
        assert_eq!(error.to_string(), "the disk is gone");
        assert_eq!(text, b"one\ntwo and three");
        assert_eq!(ahead.fill_buf().unwrap(), b"");
    }

    #[test]
    fn a_line_that_is_there_is_seen_in_any_piece() {
        let mut ahead = Ahead::of(Failing(b"one two three\n"));
        assert!(!ahead.fill_buf().unwrap().contains(&b'\n'));
        while !ahead.has_line() {
            std::thread::yield_now();
        }
        assert!(ahead.has_line());
        let mut line = Vec::new();
        assert_eq!(ahead.read_until(b'\n', &mut line).unwrap(), 14);
    }
}
