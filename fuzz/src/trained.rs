//! A model's file: what is no model is refused, and what is one labels any citation.

use citelift::{Model, Parser};
use std::sync::OnceLock;

/// A file of these bytes; and a true one, small, with the bytes put over it: by threes, a place
/// in 65,536ths of the file and what stands there.
pub fn model(data: &[u8]) {
    read(data);
    let mut patched = small().to_vec();
    for patch in data.chunks_exact(3) {
        let [place, value] = [u16::from_le_bytes([patch[0], patch[1]]), patch[2].into()];
        let at = usize::from(place) * patched.len() / 65_536;
        patched[at] = value as u8;
    }
    read(&patched);
    // Cut off, and gone on with.
    let end = data.len() * 997 % patched.len();
    read(&patched[..end]);
    patched.extend(data);
    read(&patched);
}

fn read(bytes: &[u8]) {
    let Ok(model) = Model::from_bytes(bytes) else { return };
    let again = Model::from_bytes(&model.to_bytes()).unwrap();
    assert_eq!(again.to_bytes(), model.to_bytes());
    let parser = Parser::with_model(model);
    for citation in ["Roe, J. (2010). Harbour watch. Port Studies, 15(2): 61-70.", "", "zzyzx"] {
        let work = parser.parse(citation);
        assert_eq!(Parser::with_model(again.clone()).parse(citation), work);
    }
}

/// The shipped model with its first hundred rows alone.
fn small() -> &'static [u8] {
    static SMALL: OnceLock<Vec<u8>> = OnceLock::new();
    SMALL.get_or_init(|| {
        const ROWS: usize = 100;
        let whole = Model::shipped().to_bytes();
        let ends: Vec<usize> = whole
            .iter()
            .enumerate()
            .filter(|&(_, &byte)| byte == b'\n')
            .map(|(at, _)| at)
            .collect();
        let start = ends[1] + 1;
        let number = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap()) as usize;
        let count = number(start);
        let (hashes, rows) = (start + 4, start + 4 + 4 * count);
        let width = 48;
        let mut small = b"citelift model 1\n{}\n".to_vec();
        small.extend((ROWS as u32).to_le_bytes());
        small.extend(&whole[hashes..hashes + 4 * ROWS]);
        small.extend(&whole[rows..rows + width * ROWS]);
        small.extend(&whole[rows + width * count..]);
        assert!(Model::from_bytes(&small).is_ok());
        small
    })
}
