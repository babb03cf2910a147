//! Made-up sources, a habit of writers at a time.

use super::read;
use crate::document::{Content, Role};
use crate::text::Style;

fn source(text: &str) -> Content {
    read(text, Vec::new())
}

#[test]
fn paragraphs_headings_and_letters() {
    let content = source(
        "\\documentclass{article}\n\\newcommand{\\x}[1]{no}\n\\begin{document}\n\\section*{Ports \\& bays}\n\
         Ro\\'e % no\n  and \\\"{o}\\ss{} \\'{\\i} {\\o}re, \\c{c}a~--- ``so'' 61--70\\,f.\\footnote{See \\emph{Poe}.\n\n And on.}\n  More.\n\n\
         \\def\\labelenumi{\\arabic{enumi}.}\\unknown[opt]{kept}, $x^2$ and 50\\% \\textit{a \\textbf{b}} {\\em c}\\\\ d\n\
         \\end{document}\nNothing",
    );
    assert_eq!(
        content.texts(),
        [
            "Ports & bays",
            "Roé and öß í øre, ça\u{a0}— “so” 61–70 f. More.",
            "kept, x2 and 50% a b c",
            "d",
            "See Poe.",
            "And on."
        ]
    );
    assert_eq!(content.lines[0].role, Role::Heading(1));
    assert_eq!((content.lines[4].role, content.lines[4].number), (Role::Note, Some(1)));
    assert_eq!(
        content.marked(),
        [("a b c", &Style::Italic), ("b", &Style::Bold), ("Poe", &Style::Italic)]
    );
}

#[test]
fn lists_of_works() {
    let content = source(
        "\\begin{thebibliography}{9}\n\\providecommand{\\url}[1]{\\texttt{#1}}\n\\bibitem{roe} Roe, J.\n\\newblock {\\em Harbour watch}.\n\\newblock Brill, 2010. \\url{https://a.org/b%20c\\_d}.\n\n\
         \\bibitem[{Poe(2011)}]{poe}\nPoe, \\bibinfo{author}{R.} \\href{https://b.org}{Text}. \\doi{10.1/x}\n\n\\bibitem[7]{doe} Doe\n\\bibitem{loe} Loe\n\\end{thebibliography}",
    );
    assert_eq!(
        content.texts(),
        [
            "References",
            "Roe, J. Harbour watch. Brill, 2010. https://a.org/b%20c_d.",
            "Poe, R. Text. 10.1/x",
            "Doe",
            "Loe"
        ]
    );
    let items: Vec<_> = content.lines.iter().skip(1).map(|line| (line.role, line.number)).collect();
    let item = |number| (Role::Item, number);
    assert_eq!(items, [item(Some(1)), item(None), item(Some(7)), item(Some(2))]);
    let link = |target: &str| Style::Link(target.into());
    assert_eq!(
        content.marked(),
        [
            ("Harbour watch", &Style::Italic),
            ("https://a.org/b%20c_d", &link("https://a.org/b%20c_d")),
            ("Text", &link("https://b.org")),
            ("10.1/x", &link("https://doi.org/10.1/x"))
        ]
    );
}

#[test]
fn citations_are_no_text() {
    let content = source("Ports close~\\citep[see][12]{roe, poe}. They \\cite{doe} open.");
    assert_eq!(content.texts(), ["Ports close. They open."]);
    assert_eq!(content.text, "Ports close [roe, poe]. They [doe] open.\n");
    assert_eq!(source("1017\\cite{roe}9").texts(), ["1017 9"]);
}

#[test]
fn lists_tables_and_typed_text() {
    let content = source(
        "\\begin{enumerate}\\tightlist\n\\item\n  Roe\n\\item Poe\n\\begin{itemize}\\item Sub\\end{itemize}\n\\item[9.] Doe\\end{enumerate}\n\
         \\begin{description}\\item[Loe] x\\end{description}\\begin{tabular}[t]{ll}[1] & Moe\\\\[2pt] [2] & Noe\\end{tabular}\n\
         \\begin{verbatim}\n{a} \\b % c\n\\end{verbatim}\\verb|x_{|y\\begin{comment}no\\end{comment}\\input{more}",
    );
    assert_eq!(
        content.texts(),
        ["Roe", "Poe", "Sub", "Doe", "Loe x", "[1] Moe", "[2] Noe", "{a} \\b % c", "x_{y"]
    );
    let items: Vec<_> = content.lines.iter().map(|line| (line.number, line.indent)).collect();
    assert_eq!(items[..4], [(Some(1), 0), (Some(2), 0), (None, 2), (Some(9), 0)]);
    assert_eq!(
        content.diagnostics[0].message,
        "`\\input{more}` stands for what is in another file"
    );
}

#[test]
fn what_biber_makes_is_set() {
    let content = source(
        "% $ biblatex auxiliary file $\n\\refsection{0}\n\\datalist[entry]{nty/global//global/global}\n\
         \\entry{roe}{article}{}\n\\name{author}{2}{}{%\n{{un=0,hash=aa}{%\nfamily={Roe},\nfamilyi={R\\bibinitperiod},\ngiven={Jane\\bibnamedelima A.},\ngiveni={J\\bibinitperiod}}}%\n\
         {{hash=bb}{%\nfamily={Poe},\ngiven={Richard},\nprefix={van},\n}}%\n}\n\\strng{namehash}{x}\n\\field{labeltitlesource}{title}\n\\field{title}{Harb\\'or watch}\n\\field{journaltitle}{Port Studies}\n\
         \\field{volume}{4}\n\\field{number}{2}\n\\field{year}{2010}\n\\field{pages}{11\\bibrangedash 29}\n\\range{pages}{19}\n\\verb{doi}\n\\verb 10.1000/x_1\n\\endverb\n\\endentry\n\
         \\entry{doe}{book}{}\n\\name{editor}{1}{}{%\n{{hash=cc}{family={Doe}, given={Ann}}}%\n}\n\\list{location}{1}{%\n{Leiden}%\n}\n\\list{publisher}{1}{%\n{Brill}%\n}\n\\field{title}{Ports}\n\\field{year}{1998}\n\\endentry\n\\enddatalist",
    );
    assert_eq!(
        content.texts(),
        [
            "References",
            "Roe, Jane A.; van Poe, Richard (2010). Harbór watch. Port Studies 4(2), 11–29. https://doi.org/10.1000/x_1",
            "Doe, Ann (ed.) (1998). Ports. Leiden: Brill."
        ]
    );
}

#[test]
fn hostile_sources_end() {
    for source_text in [
        "\\url{".repeat(20_000),
        "\\footnote{".repeat(20_000),
        "{".repeat(100_000),
        "}".repeat(100_000),
        "\\item[".repeat(20_000),
        "\\begin{enumerate}".repeat(20_000),
        "\\'".repeat(100_000) + "e",
        "\\begin{verbatim}".repeat(20_000),
        "\\".to_owned(),
        "\\def".repeat(10_000),
        format!("{}{}", "\\footnote{".repeat(5_000), "}".repeat(5_000)),
    ] {
        source(&source_text);
    }
}
