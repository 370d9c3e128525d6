mod broken;

use super::*;
use proptest::prelude::*;

/// A table as `number|cell|cell`, or why there is none.
fn show(bytes: &[u8], name: &str) -> Vec<String> {
    match read(bytes, name) {
        Err(error) => vec![format!("{error:?}")],
        Ok(table) => rows(&table),
    }
}

fn rows(table: &Table) -> Vec<String> {
    let row = |row: &Row| {
        let cells = row.cells.iter().map(|cell| cell.as_str());
        format!("{}|{}", row.number, cells.collect::<Vec<_>>().join("|"))
    };
    table.rows.iter().map(row).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lists/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

/// What stands in the workbooks of `tests/lists`, made by `make.py` there.
fn passwords() -> Vec<String> {
    let long: String = "Zwölf Boxkämpfer & <jagen> Viktor; ".repeat(6);
    let mut all: Vec<String> = [
        "00123",
        "a:b;c,d",
        "\"quoted\" and 'so'",
        "&amp; <b> & </b>",
        " blanks around ",
        "Straße_ÀÈÌ",
        "🚢 ferry 日本",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(long.chars().take(200).collect());
    all.push(String::from("=1+1"));
    all
}

type Encode = fn(&str) -> Vec<u8>;

fn utf16(text: &str, octets: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(octets).collect()
}

/// Each with the characters it can hold.
const ENCODINGS: [(Encoding, Encode); 6] = [
    (Encoding::Utf8, |text| text.as_bytes().to_vec()),
    (Encoding::Utf8Bom, |text| {
        format!("\u{FEFF}{text}").into_bytes()
    }),
    (Encoding::Utf16Le, |text| {
        utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)
    }),
    (Encoding::Utf16Be, |text| {
        utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes)
    }),
    (Encoding::Utf16Le, |text| utf16(text, u16::to_le_bytes)),
    (Encoding::Windows1252, |text| {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }),
];

#[test]
fn every_separator_quote_line_end_and_encoding_gives_the_same_cells() {
    let awkward = "p:a;s,s\"w\t&<>ß à€";
    let mut seen = 0;
    for separator in [';', ',', '\t'] {
        for end in ["\n", "\r\n", "\r"] {
            for declared in [false, true] {
                let quoted = format!("\"{}\"", awkward.replace('"', "\"\""));
                let lines = [
                    ["utente", "password", "indirizzo"],
                    ["anna", &quoted, "anna@example.it"],
                    ["nicolò", " b ", "\"n@example.it\""],
                ];
                let lines = lines.map(|cells| cells.join(&separator.to_string()));
                let head = if declared {
                    format!("sep={separator}{end}")
                } else {
                    String::new()
                };
                // An empty row in the middle is passed over and counted.
                let [first, second, third] = lines;
                let text = format!("{head}{first}{end}{second}{end}{end}{third}");
                let expected = [
                    (1, String::from("utente|password|indirizzo")),
                    (2, format!("anna|{awkward}|anna@example.it")),
                    (4, String::from("nicolò| b |n@example.it")),
                ];
                let expected: Vec<_> = expected
                    .iter()
                    .map(|(number, cells)| format!("{}|{cells}", number + usize::from(declared)))
                    .collect();
                for (encoding, encode) in ENCODINGS {
                    let bytes = encode(&text);
                    assert_eq!(show(&bytes, "x"), expected, "{encoding:?} {text:?}");
                    let table = read(&bytes, "x").unwrap();
                    assert_eq!(table.encoding, Some(encoding), "{text:?}");
                    assert_eq!(table.format, Format::Csv { separator });
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 3 * 3 * 2 * ENCODINGS.len());
}

#[test]
fn the_separator_is_the_one_that_divides_all_rows_alike() {
    let cases: &[(&str, &[&str])] = &[
        ("a;b,c;d\ne;f;g\n", &["1|a|b,c|d", "2|e|f|g"]),
        ("a,b;c,d\ne,f,g\n", &["1|a|b;c|d", "2|e|f|g"]),
        (
            "Rossi, A;pw;x\nVerdi, B;pw;y\n",
            &["1|Rossi, A|pw|x", "2|Verdi, B|pw|y"],
        ),
        (
            "Utente;Password\na;x,y\nb;z,w\n",
            &["1|Utente|Password", "2|a|x,y", "3|b|z,w"],
        ),
        ("\"a;b\",c\n\"d;e\",f\n", &["1|a;b|c", "2|d;e|f"]),
        ("a\tb c;d\ne\tf\n", &["1|a|b c;d", "2|e|f"]),
        // Empty columns are dropped, unless somebody wrote in one row of them.
        (";a;;b;\n;c;;d;\n", &["1|a|b", "2|c|d"]),
        (";a;;b\n;c;x;d\n", &["1|a||b", "2|c|x|d"]),
        (";;;\na;b\n", &["2|a|b"]),
    ];
    for (text, expected) in cases {
        assert_eq!(show(text.as_bytes(), "x.csv"), *expected, "{text:?}");
    }
}

#[test]
fn a_list_is_in_the_colon_form_when_most_lines_look_like_it() {
    let colon = [
        "anna:p;w:anna@example.it\nbruno:a,b\n",
        "anna\nbruno\n",
        "# a;b\n# c;d\nanna:x\n",
        "DOMAIN\\anna:a;b;c\n",
    ];
    for text in colon {
        assert_eq!(
            read(text.as_bytes(), "x.csv").unwrap().format,
            Format::Colon,
            "{text:?}"
        );
    }
    let csv = [
        "anna;p:w;anna@example.it\nbruno;a:b;c\n",
        "\"anna\":x;y\n\"b\":z;w\n",
        "sep=,\nanna:x,y\n",
    ];
    for text in csv {
        let format = read(text.as_bytes(), "x.txt").unwrap().format;
        assert!(matches!(format, Format::Csv { .. }), "{text:?}");
    }
    // Where the content says nothing, the name does.
    let even = b"anna:x\nbruno;y\n";
    assert_eq!(read(even, "x.txt").unwrap().format, Format::Colon);
    assert_eq!(
        read(even, "x.CSV").unwrap().format,
        Format::Csv { separator: ';' }
    );
}

#[test]
fn a_row_with_line_ends_inside_has_the_number_of_its_first_line() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "a;\"one\ntwo\n\nfive\";b\n\nc;d;e\n".replace('\n', end);
        let table = read(text.as_bytes(), "x.csv").unwrap();
        let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 6], "{end:?}");
        assert_eq!(table.rows[0].cell(1), "one\ntwo\n\nfive".replace('\n', end));
    }
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_list() {
    for (text, row) in [
        ("a;b\nc;\"d\ne;f\n", 2),
        ("a;b\r\n\r\n\"c;d\r\n", 3),
        ("sep=;\na;b\nc;\"d\"\"\n", 3),
    ] {
        assert_eq!(
            show(text.as_bytes(), "x.csv"),
            [format!("OpenQuote {{ row: {row} }}")]
        );
    }
    // Inside a cell it is a character like any other.
    assert_eq!(show(b"a;b\"c\nd;\"e\"\n", "x.csv"), ["1|a|b\"c", "2|d|e"]);
}

#[test]
fn every_workbook_gives_the_same_rows_with_the_numbers_people_see() {
    let special = [
        (
            "utenti.xlsx",
            Format::Xlsx,
            &[
                "12345",
                "12.5",
                "00123",
                "2024-01-31",
                "2024-01-31 12:30:00",
                "TRUE",
                "123456789012345",
            ][..],
        ),
        (
            "utenti.xls",
            Format::Xls,
            &["12345", "12.5", "2024-01-31", "TRUE"],
        ),
        (
            "utenti.ods",
            Format::Ods,
            &["12345", "12.5", "2024-01-31", "TRUE"],
        ),
    ];
    for (name, format, values) in special {
        let table = read(&fixture(name), "anything").unwrap();
        assert_eq!((table.format, table.encoding), (format, None), "{name}");
        assert_eq!(
            table.sheet.as_deref(),
            Some("Utenti"),
            "{name}: the first sheet with content"
        );
        assert_eq!(table.width(), 3, "{name}: empty columns are dropped");
        let mut expected = vec![String::from("3|Utente|Password|E-mail")];
        for (at, password) in passwords().iter().enumerate() {
            expected.push(format!(
                "{}|utente{at}|{password}|utente{at}@example.it",
                at + 4
            ));
        }
        let shown = rows(&table);
        let (text, rest) = shown.split_at(expected.len());
        assert_eq!(text, expected, "{name}");
        // A blank row lies between.
        assert_eq!(
            table.rows[expected.len()].number,
            expected.len() + 4,
            "{name}"
        );
        let rest: Vec<_> = rest
            .iter()
            .filter_map(|row| row.split('|').nth(2))
            .collect();
        assert_eq!(rest, values, "{name}");
    }
}

#[test]
fn the_passwords_of_the_workbooks_survive_every_text_too() {
    let quoted = |password: &String| format!("\"{}\"", password.replace('"', "\"\""));
    let csv: Vec<_> = passwords()
        .iter()
        .map(|pw| format!("u;{};u@example.it\r\n", quoted(pw)))
        .collect();
    let colon: Vec<_> = passwords()
        .iter()
        .map(|pw| format!("u:{pw}:u@example.it\n"))
        .collect();
    for text in [csv.concat(), colon.concat()] {
        for (encoding, encode) in &ENCODINGS[..5] {
            let table = read(&encode(&text), "x").unwrap();
            let found: Vec<_> = table.rows.iter().map(|row| row.cell(1)).collect();
            assert_eq!(found, passwords(), "{encoding:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_list_written_with_quotes_reads_back_the_same(
        separator in proptest::sample::select(vec![b';', b',', b'\t']),
        end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in 0..4_usize,
        list in proptest::collection::vec(
            ("[^:;,\t\"\\s\\p{C}]{1,12}", "[^\0\u{80}-\u{9f}]{1,30}", "[a-z]{1,8}@[a-z]{1,8}\\.it"),
            1..8,
        ),
    ) {
        let terminator = match end {
            "\r\n" => csv::Terminator::CRLF,
            end => csv::Terminator::Any(end.as_bytes()[0]),
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .quote_style(csv::QuoteStyle::Always)
            .terminator(terminator)
            .from_writer(Vec::new());
        writer.write_record(["login", "password", "address"]).unwrap();
        for (login, password, address) in &list {
            writer.write_record([login, password, address]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bytes = ENCODINGS[encoding].1(&text);
        prop_assume!(!text::is_binary(&text::decode(&bytes).1));
        let table = read(&bytes, "x.csv").unwrap();
        prop_assert_eq!(table.rows.len(), list.len() + 1);
        for (row, (login, password, address)) in table.rows[1..].iter().zip(&list) {
            prop_assert_eq!(row.cell(0), login);
            prop_assert_eq!(row.cell(1), password);
            prop_assert_eq!(row.cell(2), address);
        }
    }
}
