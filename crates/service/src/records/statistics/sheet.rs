//! Files for a spreadsheet: CSV in two encodings, and a workbook.
//!
//! A cell of text is never a formula. In a workbook a string is a string; in CSV there is no such
//! difference, and a cell that a spreadsheet would read as a formula gets an apostrophe before it
//! (OWASP, "CSV injection"). Excel in Japanese takes full-width signs for the same.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, Workbook, XlsxError};

use jiff::Timestamp;

use crate::error::Error;

/// As what file sums leave the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8, with the mark by which Excel knows it.
    CsvUtf8,
    /// CSV in Shift_JIS, for programs that know nothing else.
    CsvShiftJis,
    /// A workbook (Office Open XML).
    Xlsx,
}

impl Format {
    /// Every format, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::CsvUtf8, Self::CsvShiftJis];

    /// The stable code of the store and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::CsvUtf8 => "csv-utf8",
            Self::CsvShiftJis => "csv-sjis",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format with exactly this [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::CsvUtf8 => "text/csv; charset=utf-8",
            Self::CsvShiftJis => "text/csv; charset=Shift_JIS",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::CsvUtf8 | Self::CsvShiftJis => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The file.
    ///
    /// # Errors
    /// A fault of ours: a sheet that is no sheet.
    pub(super) fn write(self, sheets: &[Sheet], made_at: Timestamp) -> Result<Vec<u8>, Error> {
        Ok(match self {
            Self::CsvUtf8 => [BYTE_ORDER_MARK, csv(sheets).as_bytes()].concat(),
            Self::CsvShiftJis => shift_jis(&csv(sheets)),
            Self::Xlsx => xlsx(sheets, made_at).map_err(anyhow::Error::new)?,
        })
    }
}

/// A table as it is written into a file; the first line is its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name, of at most 31 letters.
    pub(super) name: String,
    /// Its lines.
    pub(super) lines: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words, which are never a formula.
    Text(String),
    /// A number.
    Number(u64),
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// What a spreadsheet takes for the beginning of a formula, half and full width.
const BEGINS_FORMULA: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '−', '＠'];

/// The sheets one below the other, an empty line between two; each under its name where there are
/// several.
fn csv(sheets: &[Sheet]) -> String {
    let mut written = Vec::new();
    for sheet in sheets {
        let mut lines: Vec<String> = Vec::new();
        if sheets.len() > 1 {
            lines.push(field(&sheet.name));
        }
        for line in &sheet.lines {
            let fields: Vec<String> = line
                .iter()
                .map(|cell| match cell {
                    Cell::Text(text) => field(text),
                    Cell::Number(number) => number.to_string(),
                })
                .collect();
            lines.push(fields.join(","));
        }
        written.push(lines.join("\r\n") + "\r\n");
    }
    written.join("\r\n")
}

/// A field as RFC 4180 has it, and no formula.
fn field(text: &str) -> String {
    let is_formula = [text, text.trim_start()].iter().any(|it| it.starts_with(BEGINS_FORMULA));
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Shift_JIS as Windows has it (code page 932).
///
/// Signs that Unicode has twice are written as the one that this code has. What it lacks becomes
/// 〓, the mark by which Japanese printing says that a letter is missing: one sign for one, which
/// everybody recognises. A numeric reference would keep the letter, and be read by nobody.
fn shift_jis(text: &str) -> Vec<u8> {
    let mut written = Vec::new();
    for letter in text.chars() {
        let letter = match letter {
            '〜' => '～',
            '−' => '－',
            '—' => '―',
            '‖' => '∥',
            // The Standard of encodings would make a backslash and a tilde of them.
            '¥' => '￥',
            '‾' => '￣',
            other => other,
        };
        let mut octets = [0; 4];
        let (encoded, _, is_lacking) =
            encoding_rs::SHIFT_JIS.encode(letter.encode_utf8(&mut octets));
        match is_lacking {
            true => written.extend_from_slice(&encoding_rs::SHIFT_JIS.encode("〓").0),
            false => written.extend_from_slice(&encoded),
        }
    }
    written
}

fn xlsx(sheets: &[Sheet], made_at: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.as_second())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let heading = Look::new().set_bold();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        page.set_freeze_panes(1, 1)?;
        page.set_column_width(0, WIDTH_OF_LABELS)?;
        for (row, line) in (0_u32..).zip(&sheet.lines) {
            for (column, cell) in (0_u16..).zip(line) {
                match cell {
                    Cell::Text(text) if row == 0 => {
                        page.write_string_with_format(row, column, text, &heading)?;
                    }
                    Cell::Text(text) => {
                        page.write_string(row, column, text)?;
                    }
                    // Below 2^53 a number is itself; there are no more sessions.
                    Cell::Number(number) => {
                        page.write_number(row, column, *number as f64)?;
                    }
                }
            }
        }
    }
    book.save_to_buffer()
}

/// In letters; a date with its weekday fits.
const WIDTH_OF_LABELS: f64 = 20.0;

#[cfg(test)]
mod tests;
