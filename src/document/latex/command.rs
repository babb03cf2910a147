//! What the commands of a LaTeX document do that are no letters (LaTeX2e reference; the manuals of
//! the packages that are named).

use crate::text::Style;

/// What a command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Marks its argument.
    Marks(Style),
    /// Marks the rest of its group.
    Switches(Style),
    /// Ends all marks in its group.
    Plain,
    /// Its argument is a heading of a level.
    Heading(u8),
    /// Its argument is a note.
    Note,
    /// Its argument stands in quotation marks.
    Quotes,
    /// Its argument is an address, which it shows.
    Address,
    /// It cites the keys that are its argument.
    Cites,
    /// It and as many arguments are not seen.
    Hides(u8),
    /// As many arguments are not seen; the next is text.
    Second(u8),
    /// It defines a command.
    Defines,
    /// Gives a command another name: `\let\x=\y`.
    Lets,
    /// It ends the line.
    Break,
    /// It ends the paragraph.
    Paragraph,
    /// Its argument is a paragraph of its own.
    Apart,
    /// It ends the page.
    Page,
    /// It stands for what is in another file.
    Elsewhere,
}

/// What a command of a name does; nothing for one that is not known: its argument is text.
pub(super) fn does(name: &str) -> Option<Does> {
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" | "underline" | "uline" => {
            Does::Marks(Style::Italic)
        }
        "textbf" | "mkbibbold" => Does::Marks(Style::Bold),
        "textsuperscript" | "mkbibsuperscript" => Does::Marks(Style::Raised),
        "it" | "em" | "itshape" | "sl" | "slshape" => Does::Switches(Style::Italic),
        "bf" | "bfseries" => Does::Switches(Style::Bold),
        "rm" | "normalfont" | "upshape" => Does::Plain,
        "part" | "chapter" | "title" => Does::Heading(1),
        "section" | "addsec" => Does::Heading(2),
        "subsection" => Does::Heading(3),
        "subsubsection" => Does::Heading(4),
        "paragraph" => Does::Heading(5),
        "subparagraph" => Does::Heading(6),
        "footnote" | "footnotetext" | "thanks" | "endnote" | "sidenote" => Does::Note,
        "enquote" | "mkbibquote" => Does::Quotes,
        "url" | "path" | "nolinkurl" | "doi" => Does::Address,
        "cite" | "citep" | "citet" | "citealp" | "citealt" | "citeauthor" | "citeyear"
        | "Citep" | "Citet" | "parencite" | "textcite" | "autocite" | "footcite"
        | "footfullcite" | "fullcite" | "smartcite" | "supercite" | "Parencite" | "Textcite"
        | "Autocite" => Does::Cites,
        "label"
        | "ref"
        | "pageref"
        | "eqref"
        | "autoref"
        | "cref"
        | "nocite"
        | "index"
        | "hspace"
        | "vspace"
        | "phantom"
        | "hphantom"
        | "vphantom"
        | "includegraphics"
        | "bibliographystyle"
        | "pagestyle"
        | "thispagestyle"
        | "pagenumbering"
        | "usepackage"
        | "RequirePackage"
        | "documentclass"
        | "hypersetup"
        | "graphicspath"
        | "selectlanguage"
        | "color"
        | "BibitemShut"
        | "footnotemark"
        | "stepcounter"
        | "refstepcounter"
        | "bibliographytypesize"
        | "hyphenation"
        | "bookmark"
        | "addtocategory" => Does::Hides(1),
        "setcounter" | "addtocounter" | "setlength" | "addtolength" | "markboth" | "newtheorem"
        | "fontsize" | "captionsetup" => Does::Hides(2),
        "newcommand"
        | "renewcommand"
        | "providecommand"
        | "DeclareRobustCommand"
        | "def"
        | "gdef"
        | "edef"
        | "vadjust" => Does::Defines,
        "let" => Does::Lets,
        "addcontentsline" | "newenvironment" | "renewenvironment" => Does::Hides(3),
        "hypertarget" | "hyperlink" | "hyperref" | "foreignlanguage" | "textcolor" | "colorbox"
        | "bibinfo" | "bibfield" | "raisebox" | "parbox" | "href@noop" => Does::Second(1),
        "multicolumn" | "multirow" | "resizebox" => Does::Second(2),
        "\\" | "newline" | "linebreak" | "tabularnewline" => Does::Break,
        "par" => Does::Paragraph,
        "caption" | "author" | "date" => Does::Apart,
        "newpage" | "clearpage" | "cleardoublepage" | "pagebreak" => Does::Page,
        "input" | "include" | "subfile" | "bibliography" | "printbibliography" => Does::Elsewhere,
        _ => return None,
    })
}

/// How many arguments follow the beginning of an environment.
pub(super) fn arguments(environment: &str) -> usize {
    match environment.trim_end_matches('*') {
        "tabularx" | "tabulary" | "CSLReferences" | "adjustwidth" => 2,
        "tabular" | "longtable" | "array" | "minipage" | "multicols" | "thebibliography"
        | "wrapfigure" | "xltabular" | "otherlanguage" | "spacing" => 1,
        _ => 0,
    }
}
