//! ZIP archives that are packed in no way, so that a fuzzer changes what stands in them.

/// A ZIP archive of unpacked parts, as PKWARE's APPNOTE 6.3 says.
pub(crate) fn stored<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let (mut archive, mut list, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, part) in parts {
        let [offset, size] = [archive.len(), part.len()].map(|size| (size as u32).to_le_bytes());
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend(checksum(part).to_le_bytes());
        about.extend([size, size].concat());
        about.extend([name.len() as u8, 0, 0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(name.bytes());
        archive.extend(part);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(offset);
        list.extend(name.bytes());
        count += 1;
    }
    let [size, offset] = [list.len(), archive.len()].map(|size| (size as u32).to_le_bytes());
    archive.extend(list);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([size, offset].concat());
    archive.extend([0, 0]);
    archive
}

/// The CRC-32 of ZIP.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}
