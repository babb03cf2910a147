//! Which characters the bytes of a Rich Text file are: fonts say so, and else the file
//! (RTF specification 1.9.1, "Font table").

use std::collections::HashMap;

/// The encodings of a file, by the numbers of Windows' code pages.
#[derive(Debug)]
pub(super) struct Fonts {
    /// That of the file.
    pub(super) page: u16,
    /// Those of its fonts, where they have one of their own.
    pages: HashMap<i32, u16>,
    /// The font that is being told of.
    telling: Option<i32>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { page: 1252, pages: HashMap::new(), telling: None }
    }
}

impl Fonts {
    /// The code page of a font.
    pub(super) fn page(&self, font: i32) -> u16 {
        self.pages.get(&font).copied().unwrap_or(self.page)
    }

    /// A word of the table of fonts.
    pub(super) fn tell(&mut self, word: &str, number: Option<i32>) {
        let Some(number) = number else { return };
        let page = match word {
            "f" => {
                self.telling = Some(number);
                return;
            }
            "fcharset" => of_set(number),
            "cpg" => u16::try_from(number).ok(),
            _ => None,
        };
        if let (Some(font), Some(page)) = (self.telling, page) {
            self.pages.insert(font, page);
        }
    }
}

/// The code page of one of Windows' sets of characters; none where it is the file's own.
fn of_set(set: i32) -> Option<u16> {
    Some(match set {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
