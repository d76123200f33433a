//! Files as a spreadsheet reads them.

use std::io::{Cursor, Read};

use super::*;

fn sheet(name: &str, lines: &[&[&str]]) -> Sheet {
    let cell = |text: &&str| match text.parse() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::Text((*text).to_owned()),
    };
    let lines = lines.iter().map(|line| line.iter().map(cell).collect()).collect();
    Sheet { name: name.to_owned(), lines }
}

fn at() -> Timestamp {
    "2026-11-16T01:00:00Z".parse().unwrap()
}

/// One row: a text, and the field that it becomes.
fn check(text: &str, expected: &str) {
    assert_eq!(field(text), expected, "{text:?}");
}

#[test]
fn no_field_begins_a_formula() {
    check("実施済み", "実施済み");
    check("", "");
    check("―", "―");
    check("1-1", "1-1");
    check("=1+1", "\"'=1+1\"");
    check("+81", "\"'+81\"");
    check("-1", "\"'-1\"");
    check("@SUM(A1)", "\"'@SUM(A1)\"");
    check("\t=1", "\"'\t=1\"");
    check("\r=1", "\"'\r=1\"");
    check("\n=1", "\"'\n=1\"");
    check(" =1+1", "\"' =1+1\"");
    check("　＝1", "\"'　＝1\"");
    check("－1", "\"'－1\"");
    check("−1", "\"'−1\"");
    check("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
    check("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    check("say \"no\"", "\"say \"\"no\"\"\"");
    check("a,b", "\"a,b\"");
    check("a\nb", "\"a\nb\"");
}

#[test]
fn lines_end_as_excel_ends_them_and_utf_8_has_its_mark() {
    let one = [sheet("統計", &[&["日", "実施済み"], &["2026-11-24", "3"]])];
    let written = Format::CsvUtf8.write(&one, at()).unwrap();
    assert_eq!(written[..3], [0xEF, 0xBB, 0xBF]);
    assert_eq!(&written[3..], "日,実施済み\r\n2026-11-24,3\r\n".as_bytes());
    let two = [sheet("結果", &[&["a"]]), sheet("時間帯", &[&["b"]])];
    assert_eq!(csv(&two), "結果\r\na\r\n\r\n時間帯\r\nb\r\n");
    assert_eq!(csv(&[]), "");
}

/// One row: a text, and what Shift_JIS makes of it, read back.
fn check_shift_jis(text: &str, expected: &str) {
    let written = shift_jis(text);
    let (read, _, is_broken) = encoding_rs::SHIFT_JIS.decode(&written);
    assert_eq!((read.as_ref(), is_broken), (expected, false), "{text:?}");
}

#[test]
fn shift_jis_is_read_back_and_says_what_it_lacks() {
    check_shift_jis(
        "2026年11月24日（火）,みなしキャンセル\r\n",
        "2026年11月24日（火）,みなしキャンセル\r\n",
    );
    check_shift_jis("①髙﨑∥―ｶﾅ", "①髙﨑∥―ｶﾅ");
    check_shift_jis("10〜12", "10～12");
    check_shift_jis("−—‖", "－―∥");
    check_shift_jis("¥‾", "￥￣");
    check_shift_jis("𠮷野😀é", "〓野〓〓");
    check_shift_jis("か\u{3099}", "か〓");
    let sheets = [sheet("統計", &[&["=1", "𠮷"]])];
    let written = Format::CsvShiftJis.write(&sheets, at()).unwrap();
    assert_eq!(encoding_rs::SHIFT_JIS.decode(&written).0, "\"'=1\",〓\r\n");
    assert!(!written.starts_with(BYTE_ORDER_MARK));
}

/// A part of the workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_workbook_holds_its_cells_and_no_formula() {
    let sheets = [
        sheet("結果", &[&["月", "<b>&", "計"], &["2026年11月", "=1+1", "30"]]),
        sheet("時間帯", &[&["月"], &["―"]]),
    ];
    let book = Format::Xlsx.write(&sheets, at()).unwrap();
    assert!(book.starts_with(b"PK"));
    let (first, strings) =
        (part(&book, "xl/worksheets/sheet1.xml"), part(&book, "xl/sharedStrings.xml"));
    for text in ["月", "&lt;b&gt;&amp;", "計", "2026年11月", "=1+1", "―"] {
        assert!(strings.contains(&format!("<t>{text}</t>")), "{text}: {strings}");
    }
    assert!(first.contains("<c r=\"C2\"><v>30</v></c>"), "{first}");
    assert!(first.contains("<c r=\"B2\" t=\"s\">"), "{first}");
    assert!(!first.contains("<f>"), "{first}");
    let names = part(&book, "xl/workbook.xml");
    assert!(names.contains("name=\"結果\"") && names.contains("name=\"時間帯\""), "{names}");
    assert!(part(&book, "docProps/core.xml").contains("2026-11-16T01:00:00Z"));
    assert_eq!(Format::Xlsx.write(&sheets, at()).unwrap(), book, "the same file for the same sums");
}

#[test]
fn formats_by_their_codes() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.code()), Some(format));
    }
    for code in ["", "XLSX", "csv", "csv-utf8 "] {
        assert_eq!(Format::parse(code), None, "{code:?}");
    }
}
