//! The text of a LaTeX document to paragraphs with marks.
//!
//! Fills the [`Builder`] from the pieces that `scan` cuts; what commands do, `command` says. There
//! is no recursion: groups are frames on a stack, notes are kept for behind the body.

use super::command::{Does, arguments, does};
use super::list::Lists;
use super::scan::{Groups, Scan, Token};
use super::typeset::{self, Accents};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::build::{Block, Builder};
use crate::document::run::{Look, Runs, raised};
use crate::text::{Style, accent, letter};
use std::mem;

/// How many groups may lie in one another; deeper ones are as the last.
const DEEPEST: usize = 1000;

/// A group that is open.
struct Frame {
    /// How the text around it is set.
    around: Look,
    ends: Ends,
}

/// What the end of a group ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Nothing,
    Paragraph,
    Quotes,
}

/// A document that is being read.
pub(super) struct Body<'a, 't> {
    builder: &'a mut Builder,
    source: &'t str,
    groups: &'a Groups,
    runs: Runs,
    look: Look,
    frames: Vec<Frame>,
    deeper: usize,
    /// How the group that opens next is set, and what its end ends.
    next: Option<(Look, Ends)>,
    accents: Accents,
    lists: Lists,
    math: bool,
    /// How many tables are open.
    tables: usize,
    /// White space that is to come before the next text.
    gap: &'static str,
    /// Whether it stands behind a reference, which is no text.
    referred: bool,
    /// Whether `"a` is a letter, as German writers have it.
    german: bool,
    /// Whether the document has chapters, above its sections.
    chapters: bool,
    /// Notes that stand behind the body: where they are written.
    pub(super) notes: Vec<(usize, usize)>,
    in_note: bool,
}

impl<'a, 't> Body<'a, 't> {
    pub(super) fn new(builder: &'a mut Builder, source: &'t str, groups: &'a Groups) -> Self {
        let preamble = source.find("\\begin{document}").unwrap_or(0);
        let preamble = source.get(..preamble).unwrap_or_default();
        Self {
            builder,
            source,
            groups,
            runs: Runs::default(),
            look: Look::default(),
            frames: Vec::new(),
            deeper: 0,
            next: None,
            accents: Accents::default(),
            lists: Lists::default(),
            math: false,
            tables: 0,
            gap: "",
            referred: false,
            german: preamble.contains("german]") || preamble.contains("german,"),
            chapters: source.contains("\\chapter{"),
            notes: Vec::new(),
            in_note: false,
        }
    }

    /// Reads a note.
    pub(super) fn read_note(&mut self, number: u32, (start, end): (usize, usize)) {
        self.builder.paragraph(Block::note(Some(number)));
        self.in_note = true;
        self.read(start, end);
    }

    /// Reads a stretch of the source.
    pub(super) fn read(&mut self, start: usize, end: usize) {
        let mut scan = Scan::new(self.source, start, end);
        while let Some(token) = scan.next() {
            match token {
                Token::Open => self.open(),
                Token::Close => self.close(),
                Token::Paragraph if self.tables == 0 => self.paragraph(),
                Token::Paragraph | Token::Space => self.space(" "),
                Token::Sign(sign) => self.sign(sign, &mut scan),
                Token::Text(text) if self.math => self.text(text),
                Token::Text(text) => self.text(&typeset::text(text, self.german)),
                Token::Command("end") => {
                    if self.end_environment(&mut scan) {
                        break;
                    }
                }
                Token::Command(name) => self.command(name, &mut scan),
            }
        }
        self.runs.end(self.builder);
        self.builder.end();
        self.frames.clear();
        self.look = Look::default();
        (self.deeper, self.math, self.gap) = (0, false, "");
    }

    fn open(&mut self) {
        let (look, ends) = self.next.take().unwrap_or_else(|| (self.look.clone(), Ends::Nothing));
        if self.frames.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.frames.push(Frame { around: mem::replace(&mut self.look, look), ends });
    }

    fn close(&mut self) {
        if let Some(sign) = self.accents.end() {
            self.text(sign);
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.ends {
            Ends::Nothing => {}
            Ends::Quotes => self.text("”"),
            Ends::Paragraph => self.paragraph(),
        }
        self.look = frame.around;
    }

    /// The paragraph ends.
    fn paragraph(&mut self) {
        self.begin(Block { indent: self.lists.indent(), ..Block::paragraph() });
    }

    fn begin(&mut self, block: Block) {
        self.gap = "";
        self.runs.end(self.builder);
        self.builder.paragraph(if self.in_note { Block::note(None) } else { block });
    }

    fn space(&mut self, gap: &'static str) {
        if !self.accents.are_open() && self.gap.is_empty() {
            self.gap = gap;
        }
    }

    fn text(&mut self, text: &str) {
        let text = self.accents.put_on(text);
        let Some(first) = text.chars().next() else { return };
        // `harbours \cite{roe}.` is `harbours.`
        let closes = matches!(first, '.' | ',' | ';' | ':' | ')' | '!' | '?');
        if !mem::take(&mut self.referred) || !closes {
            self.builder.text(self.gap);
        }
        self.gap = "";
        self.runs.text(self.builder, &self.look, &text);
    }

    fn sign(&mut self, sign: char, scan: &mut Scan<'t>) {
        match sign {
            '~' => {
                // A tie goes before the space of a line's end.
                self.gap = "\u{a0}";
            }
            '&' => self.space(" "),
            '$' => {
                scan.eat('$');
                self.math = !self.math;
            }
            '^' if self.math => {
                self.next = Some((Look { raised: true, ..self.look.clone() }, Ends::Nothing));
            }
            '_' if self.math => {}
            _ => self.text(sign.encode_utf8(&mut [0; 4])),
        }
    }

    fn command(&mut self, name: &'t str, scan: &mut Scan<'t>) {
        self.next = None;
        if let Some(does) = does(name) {
            return self.known(name, does, scan);
        }
        if let Some(accent) = accent(name) {
            return self.accents.add(accent);
        }
        match name {
            "begin" => self.begin_environment(scan),
            "item" => {
                let label = scan.option(self.groups);
                let (block, shown) = self.lists.item(label);
                self.begin(block);
                if let Some(shown) = shown {
                    self.text(&shown);
                    self.space(" ");
                }
            }
            "bibitem" => {
                let label = scan.option(self.groups);
                scan.group(self.groups);
                let block = self.lists.entry(label);
                self.begin(block);
            }
            "newblock" => self.space(" "),
            "href" => {
                scan.option(self.groups);
                let target = scan.argument(self.groups).map(typeset::address);
                let link = target.filter(|target| !target.is_empty()).map(|target| target.into());
                let link = link.or(self.look.link.clone());
                self.next = Some((Look { link, ..self.look.clone() }, Ends::Nothing));
            }
            "verb" => {
                let text = scan.verb();
                self.text(text);
            }
            "csname" => {
                scan.up_to("\\endcsname");
            }
            "(" | ")" | "[" | "]" | "-" | "/" | "@" | "!" => {}
            name => match letter(name) {
                Some(text) if text.trim().is_empty() => self.space(" "),
                Some(text) => self.text(&text),
                None => {
                    // The option of a command that is not known is no text.
                    let mut probe = scan.clone();
                    if probe.is_before('[')
                        && probe.option(self.groups).is_some()
                        && probe.is_before('{')
                    {
                        *scan = probe;
                    }
                }
            },
        }
    }

    fn known(&mut self, name: &str, does: Does, scan: &mut Scan<'t>) {
        let here = self.look.clone();
        match does {
            Does::Marks(style) => self.next = Some((marked(here, &style), Ends::Nothing)),
            Does::Switches(style) => self.look = marked(here, &style),
            Does::Plain => self.look = Look { link: here.link, ..Look::default() },
            Does::Heading(level) => {
                scan.option(self.groups);
                let level = if self.chapters { level } else { level.saturating_sub(1).max(1) };
                self.begin(Block::heading(level));
                self.next = Some((Look::default(), Ends::Paragraph));
            }
            Does::Note => {
                scan.option(self.groups);
                if !self.in_note
                    && let Some(range) = scan.group(self.groups)
                {
                    self.notes.push(range);
                    let number = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
                    self.builder.aside(&raised(number));
                    self.referred = true;
                }
            }
            Does::Quotes => {
                self.text("“");
                self.next = Some((here, Ends::Quotes));
            }
            Does::Address => self.address(name, scan),
            Does::Cites => {
                scan.option(self.groups);
                scan.option(self.groups);
                if let Some(keys) = scan.argument(self.groups) {
                    let keys: Vec<&str> = keys.split(',').map(str::trim).collect();
                    let gap = if self.gap.is_empty() { "" } else { " " };
                    self.builder.aside(&format!("{gap}[{}]", keys.join(", ")));
                    self.referred = true;
                }
            }
            Does::Defines => typeset::pass_definition(scan, self.groups),
            Does::Lets => {
                scan.next();
                if scan.is_before('=') {
                    scan.next();
                }
                scan.next();
            }
            Does::Hides(count) => {
                for _ in 0..count {
                    scan.option(self.groups);
                    scan.group(self.groups);
                }
            }
            Does::Second(count) => {
                let is_named = scan.option(self.groups).is_some();
                for _ in 0..count {
                    if !(is_named && name == "hyperref") {
                        scan.group(self.groups);
                    }
                }
                self.next = Some((here, Ends::Nothing));
            }
            Does::Break => {
                scan.option(self.groups);
                self.gap = "";
                if self.tables > 0 {
                    self.begin(Block { tight: true, ..Block::paragraph() });
                } else {
                    self.builder.break_line();
                }
            }
            Does::Paragraph => self.paragraph(),
            Does::Apart => {
                scan.option(self.groups);
                self.paragraph();
                self.next = Some((here, Ends::Paragraph));
            }
            Does::Page => {
                self.paragraph();
                self.builder.page();
            }
            Does::Elsewhere => {
                scan.option(self.groups);
                let file = scan.argument(self.groups).map(|file| format!("{{{file}}}"));
                let file = file.unwrap_or_default();
                let message = format!("`\\{name}{file}` stands for what is in another file");
                self.builder.doubt(
                    Diagnostic::new(Code::DocumentElsewhere, None, message)
                        .help("give that file as well; a list of works stands in the .bbl file"),
                );
            }
        }
    }

    /// An address, which is shown as it is.
    fn address(&mut self, name: &str, scan: &mut Scan<'t>) {
        let Some(address) = scan.argument(self.groups).map(typeset::address) else { return };
        let target = match name {
            "path" => None,
            "doi" => Some(format!("https://doi.org/{address}")),
            _ => Some(address.clone()),
        };
        let link = target.map(|target| target.into());
        let around = mem::take(&mut self.look);
        self.look = Look { link, ..around.clone() };
        self.text(&address);
        self.look = around;
    }

    fn begin_environment(&mut self, scan: &mut Scan<'t>) {
        let name = scan.argument(self.groups).unwrap_or_default().trim();
        let bare = name.trim_end_matches('*');
        let end = format!("\\end{{{name}}}");
        match bare {
            "verbatim" | "Verbatim" | "lstlisting" | "minted" | "alltt" => {
                let text = scan.up_to(&end);
                self.runs.end(self.builder);
                self.builder.typed(text);
                return;
            }
            "comment" | "filecontents" | "tikzpicture" | "picture" => {
                scan.up_to(&end);
                return;
            }
            _ => {}
        }
        if scan.is_before('[') {
            scan.option(self.groups);
        }
        for _ in 0..arguments(bare) {
            scan.group(self.groups);
        }
        if bare == "thebibliography" {
            // LaTeX prints a title above it.
            self.builder.paragraph(Block::heading(1));
            self.builder.text("References");
            self.builder.end();
        }
        self.open();
        self.lists.begin(bare);
        self.tables += usize::from(typeset::is_table(bare));
        self.paragraph();
    }

    /// Whether the document ends with it.
    fn end_environment(&mut self, scan: &mut Scan<'t>) -> bool {
        let name = scan.argument(self.groups).unwrap_or_default().trim();
        let bare = name.trim_end_matches('*');
        self.close();
        self.lists.end(bare);
        self.tables = self.tables.saturating_sub(usize::from(typeset::is_table(bare)));
        self.builder.end();
        self.paragraph();
        name == "document"
    }
}

/// A look with a mark more.
fn marked(mut look: Look, style: &Style) -> Look {
    match style {
        Style::Italic => look.italic = true,
        Style::Bold => look.bold = true,
        Style::Raised => look.raised = true,
        Style::Link(_) => {}
    }
    look
}
