//! Values that no bank holds: dates, addresses, identifiers, Roman numbers.

use super::make::Made;

impl Made<'_> {
    pub(super) fn code(&mut self) -> String {
        let n = self.number(10, 999_999);
        match self.random.below(5) {
            0 => format!(
                "j.{}.{}.{}",
                ["cell", "jmb", "socscimed", "respol"][self.random.below(4)],
                self.year(),
                n
            ),
            1 => format!("s{n}-0{}-{}", self.number(10, 99), self.number(1000, 9999)),
            2 => n,
            3 => format!("journal.{n}"),
            _ => format!(
                "{}.{}.{}",
                ["PhysRevD", "jssc", "annurev", "ejn"][self.random.below(4)],
                self.number(1, 99),
                n
            ),
        }
    }

    pub(super) fn url(&mut self) -> String {
        const HOSTS: [&str; 16] = [
            "www.example.org",
            "www.bund.de",
            "www.un.org",
            "europa.eu",
            "www.destatis.de",
            "www.gov.uk",
            "news.bbc.co.uk",
            "www.jstor.org",
            "www.scielo.br",
            "www.insee.fr",
            "www.istat.it",
            "unesdoc.unesco.org",
            "www.nber.org",
            "papers.ssrn.com",
            "www.theguardian.com",
            "www.oecd.org",
        ];
        const PATHS: [&str; 12] = [
            "index.html",
            "docs/report.pdf",
            "stable/#",
            "papers/w#",
            "sites/default/files/#.pdf",
            "article#.html",
            "~mueller/paper.pdf",
            "de/publikationen/#",
            "view/#/",
            "node/#",
            "cgi-bin/show?id=#",
            "",
        ];
        let host = *self.random.pick(&HOSTS).unwrap_or(&"");
        let path = self.random.pick(&PATHS).unwrap_or(&"").replace('#', &self.number(100, 99999));
        let scheme =
            *self.random.pick(&["http://", "http://", "https://", "", "https://"]).unwrap_or(&"");
        let host =
            if scheme.is_empty() && !host.starts_with("www.") { "www.example.com" } else { host };
        format!("{scheme}{host}/{path}").trim_end_matches('/').to_owned()
    }

    pub(super) fn date(&mut self) -> String {
        let month = self.random.below(12);
        let names =
            self.recipe.banks.get("months").and_then(|m| m.get(month)).cloned().unwrap_or_default();
        let (long, short) = names.split_once(" | ").unwrap_or((names.as_str(), names.as_str()));
        let day = self.random.between(1, 28);
        let year = self.random.between(1950, 2024).to_string();
        let pattern = self.recipe.bank("dates", self.random).to_owned();
        let mut text = String::new();
        let mut rest = pattern.as_str();
        while !rest.is_empty() {
            let known: [(&str, String); 7] = [
                ("MONTH", long.to_owned()),
                ("MON", short.to_owned()),
                ("YYYY", year.clone()),
                ("YY", year[2..].to_owned()),
                ("DD", format!("{day:02}")),
                ("MM", format!("{:02}", month + 1)),
                ("D", day.to_string()),
            ];
            match known.iter().find(|(key, _)| {
                rest.starts_with(key) && !rest[key.len()..].starts_with(char::is_lowercase)
            }) {
                Some((key, value)) => {
                    text.push_str(value);
                    rest = &rest[key.len()..];
                }
                None => {
                    let c = rest.chars().next().unwrap_or(' ');
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        text
    }
}

pub(super) fn roman(mut number: usize, upper: bool) -> String {
    let mut text = String::new();
    for (value, sign) in
        [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    if upper { text } else { text.to_lowercase() }
}
