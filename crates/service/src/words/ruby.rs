//! Ruby: readings written above kanji, for やさしい日本語.
//!
//! The notation is that of Aozora Bunko: `申込《もうしこみ》` sets the reading over the run of
//! kanji before it, `｜お金《かね》` says where the base begins.

use std::fmt::{self, Write as _};

/// HTML that is safe to show: made by escaping, never from what a person typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Plain text as HTML: escaped, with its line breaks kept. Knows no ruby, so that a value that
    /// a person typed comes out as it went in.
    pub fn of_text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + 16);
        text.chars().for_each(|c| escape_into(c, &mut html));
        Self(html)
    }

    /// Text of ours in ruby notation as HTML (wording files, terms of use).
    pub fn of_ruby(text: &str) -> Self {
        Self(to_html(text))
    }

    /// HTML put together by this crate from parts that are safe already.
    pub(crate) fn of_safe_html(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// A piece of text in ruby notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Ruby { base: &'a str, reading: &'a str },
}

/// Cuts text into plain pieces and pieces with a reading. Ill-formed notation stays as it is.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, reading, after)) = next_reading(rest) {
        let (plain, base) = split_base(before);
        if base.is_empty() {
            let shown = rest.len() - after.len();
            found.push(Piece::Text(&rest[..shown]));
        } else {
            found.push(Piece::Text(plain));
            found.push(Piece::Ruby { base, reading });
        }
        rest = after;
    }
    found.push(Piece::Text(rest));
    found.retain(|piece| *piece != Piece::Text(""));
    found
}

/// What stands before the next 《, inside it and after it.
fn next_reading(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once('《')?;
    let (reading, after) = opened.split_once('》')?;
    Some((before, reading, after))
}

/// Splits off the base of a reading: from an explicit ｜, else the last run of kanji.
fn split_base(before: &str) -> (&str, &str) {
    if let Some((plain, base)) = before.rsplit_once('｜') {
        return (plain, base);
    }
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_kanji(*c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    before.split_at(start)
}

/// Kanji for the purpose of ruby: ideographs, their variation selectors and iteration marks.
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
        | '々' | '〆' | '〇' | 'ヶ')
}

/// Ruby notation as HTML, everything else escaped.
pub(crate) fn to_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for piece in pieces(text) {
        match piece {
            Piece::Text(plain) => plain.chars().for_each(|c| escape_into(c, &mut html)),
            Piece::Ruby { base, reading } => {
                html.push_str("<ruby>");
                base.chars().for_each(|c| escape_into(c, &mut html));
                html.push_str("<rp>（</rp><rt>");
                reading.chars().for_each(|c| escape_into(c, &mut html));
                html.push_str("</rt><rp>）</rp></ruby>");
            }
        }
    }
    html
}

/// Ruby notation without its readings: for titles, attributes and letters.
pub fn to_plain(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(plain) => plain,
            Piece::Ruby { base, .. } => base,
        })
        .collect()
}

fn escape_into(c: char, html: &mut String) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&#34;"),
        '\'' => html.push_str("&#39;"),
        '\n' => html.push_str("<br>"),
        '\r' => {}
        _ => {
            let written = html.write_char(c);
            debug_assert!(written.is_ok(), "a String takes every character");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, html: &str, plain: &str) {
        assert_eq!(to_html(text), html, "HTML of {text}");
        assert_eq!(to_plain(text), plain, "plain text of {text}");
    }

    #[test]
    fn ruby_notation() {
        let a = "<ruby>申込<rp>（</rp><rt>もうしこみ</rt><rp>）</rp></ruby>";
        check("申込《もうしこみ》", a, "申込");
        check("お申込《もうしこみ》です", &format!("お{a}です"), "お申込です");
        let b = "<ruby>お金<rp>（</rp><rt>かね</rt><rp>）</rp></ruby>";
        check("この｜お金《かね》", &format!("この{b}"), "このお金");
        let c = "<ruby>人々<rp>（</rp><rt>ひとびと</rt><rp>）</rp></ruby>";
        check("人々《ひとびと》", c, "人々");
        let d = "<ruby>葛󠄀城<rp>（</rp><rt>かつらぎ</rt><rp>）</rp></ruby>";
        check("葛󠄀城《かつらぎ》", d, "葛󠄀城");
        check("a\nb", "a<br>b", "a\nb");
        check("<b>'\"&", "&lt;b&gt;&#39;&#34;&amp;", "<b>'\"&");
    }

    #[test]
    fn ill_formed_notation_stays_visible() {
        check("《もう》し", "《もう》し", "《もう》し");
        check("申込《もう", "申込《もう", "申込《もう");
        check("かな《かな》", "かな《かな》", "かな《かな》");
        check("》《", "》《", "》《");
        check("", "", "");
    }

    #[test]
    fn typed_text_knows_no_ruby() {
        assert_eq!(Markup::of_text("山《さん》<i>").as_str(), "山《さん》&lt;i&gt;");
    }
}
