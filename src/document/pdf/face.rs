//! Fonts of a PDF: which letters a code stands for, how wide it is, and whether it is italic.
//!
//! `hayro-font` reads the font; what a face looks like its names and flags tell (ISO 32000,
//! 9.8.2). Called by `content`.

use super::dots::{self, Encoding};
use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Rect};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The fonts of a document.
pub(super) struct Faces<'a> {
    cache: FontCache<'a>,
    fonts: FontResolverFn,
    maps: CMapResolverFn,
    /// By where their dictionary lies in memory, which stays while the file is read.
    known: HashMap<usize, Option<Rc<Face<'a>>>>,
}

/// A font, and what it looks like.
pub(super) struct Face<'a> {
    font: Font<'a>,
    pub(super) italic: bool,
    pub(super) bold: bool,
    /// How high its type is, where that is not what the file says it is.
    pub(super) height: f64,
    /// The order of its letters, where it names none.
    encoding: Encoding,
    /// What codes stand for.
    codes: std::cell::RefCell<HashMap<u32, (Rc<str>, f64)>>,
}

impl<'a> Faces<'a> {
    pub(super) fn new() -> Self {
        let fonts: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
        });
        Self {
            cache: FontCache::new(),
            fonts,
            maps: Arc::new(hayro_font::hayro_cmap::load_embedded),
            known: HashMap::new(),
        }
    }

    /// The font of a dictionary; `None` where it cannot be read.
    pub(super) fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let key = dict.data().as_ptr() as usize;
        if let Some(face) = self.known.get(&key) {
            return face.clone();
        }
        let font = self.cache.font(dict, &self.fonts, &self.maps);
        let face = font.map(|font| Rc::new(Face::new(font, dict)));
        self.known.insert(key, face.clone());
        face
    }
}

/// The names of slanted and of heavy faces, as parts of a font's name.
const SLANTED: [&str; 9] =
    ["italic", "oblique", "slanted", "kursiv", "inclined", "-it", "cmti", "cmsl", "cmbxti"];
const HEAVY: [&str; 7] = ["bold", "black", "heavy", "demi", "cmbx", "-bd", "fett"];
/// The same in the names of TeX's fonts, which a size follows: `SFTI1000`, `CMTI10`, `LMRomanSlant`.
const SLANTED_STARTS: [&str; 8] =
    ["cmti", "cmsl", "cmu", "sfti", "sfsl", "lmroman10-italic", "ecti", "ecsl"];
const HEAVY_STARTS: [&str; 3] = ["cmb", "sfbx", "ecbx"];

impl<'a> Face<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let below = dict
            .get::<Array<'_>>(b"DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let descriptor = |dict: &Dict<'a>| dict.get::<Dict<'_>>(b"FontDescriptor");
        let descriptor = descriptor(dict).or_else(|| below.as_ref().and_then(descriptor));
        let descriptor = descriptor.unwrap_or_default();
        let name = dict
            .get::<Name<'_>>(b"BaseFont")
            .or_else(|| descriptor.get::<Name<'_>>(b"FontName"))
            .map(|name| name.as_str().to_ascii_lowercase())
            .unwrap_or_default();
        // "ABCDEF+Times-Italic" is a part of Times-Italic.
        let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
        let has = |parts: &[&str], starts: &[&str]| {
            parts.iter().any(|part| name.contains(part))
                || starts.iter().any(|start| name.starts_with(start))
        };
        let flags = descriptor.get::<u32>(b"Flags").unwrap_or(0);
        let angle = descriptor.get::<f32>(b"ItalicAngle").unwrap_or(0.0);
        // The flags of fonts of formulas say italic; they are no emphasis.
        let of_formulas = name.starts_with("cmmi") || name.starts_with("cmsy");
        let italic = !of_formulas
            && (has(&SLANTED, &SLANTED_STARTS) || flags & 1 << 6 != 0 || angle.abs() > 4.0);
        let bold = has(&HEAVY, &HEAVY_STARTS) || flags & 1 << 18 != 0;
        let height = height(&font, dict).unwrap_or(1.0);
        let encoding = Encoding::of(&dict.get(b"CharProcs").unwrap_or_default());
        Self { font, italic, bold, height, encoding, codes: std::cell::RefCell::default() }
    }

    /// The code at `at` in a text shown, and its length.
    pub(super) fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// The letters that a code stands for, and how far it moves the pen, in parts of the size.
    pub(super) fn letters(&self, code: u32) -> (Rc<str>, f64) {
        if let Some(known) = self.codes.borrow().get(&code) {
            return known.clone();
        }
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let (text, is_drawn) = match &glyph {
            FontGlyph::Outline(glyph) => (glyph.as_unicode(), false),
            FontGlyph::Type3(glyph) => (glyph.as_unicode(), true),
        };
        let text: Rc<str> = match text {
            Some(BfString::Char(c)) => c.to_string().into(),
            Some(BfString::String(text)) => text.into(),
            // Fonts of dots, as TeX once made them, name no letters, but have TeX's order.
            None if is_drawn => dots::letters(code, self.encoding).into(),
            None => "\u{fffd}".into(),
        };
        let width = self.font.code_advance(code).x / 1000.0;
        let known = (text, if width.is_finite() { width } else { 0.0 });
        self.codes.borrow_mut().insert(code, known.clone());
        known
    }
}

/// How high the letters of a drawn font (Type 3) are, in parts of its size: its units are its own.
fn height(font: &Font<'_>, dict: &Dict<'_>) -> Option<f64> {
    let is_drawn = dict.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_str() == "Type3");
    if !is_drawn {
        return None;
    }
    let matrix = dict.get::<[f64; 6]>(b"FontMatrix")?;
    let bounds = dict.get::<Rect>(b"FontBBox").map_or(0.0, |bounds| bounds.height());
    let tall = bounds * matrix[3].abs();
    let widths: Vec<f64> = (b'a'..=b'z')
        .map(|code| font.code_advance(u32::from(code)).x.abs() / 1000.0)
        .filter(|&width| width > 0.0)
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "26 letters")]
    let wide = 2.2 * widths.iter().sum::<f64>() / widths.len().max(1) as f64;
    [wide, tall].into_iter().find(|&height| height.is_finite() && height > 0.0)
}
