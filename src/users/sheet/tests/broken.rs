//! What is no list, what is damaged, what is too much.

use super::*;

#[test]
fn what_is_no_list_is_refused_by_its_kind() {
    let docx = fixture("lettera.docx");
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    picture.extend((0..2_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    let cases: &[(&[u8], &str)] = &[
        (b"", "Empty"),
        (b"\xEF\xBB\xBF", "Empty"),
        (b" \r\n\t\n", "Empty"),
        (b";;;\n;;;\n", "Empty"),
        (b"# nobody\n", "Empty"),
        (b"%PDF-1.7\n1 0 obj\n", "NotAList"),
        (b"{\\rtf1\\ansi anna;x}", "NotAList"),
        (b"\n<!DOCTYPE html><table><tr><td>anna", "NotAList"),
        (b"<html><table><tr><td>anna", "NotAList"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "NotAList"),
        (&picture, "NotAList"),
        (&docx, "NotAList"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(
            show(bytes, "x.xlsx"),
            [*expected],
            "{:?}",
            &bytes[..bytes.len().min(20)]
        );
    }
    assert_eq!(show(&fixture("vuoto.xlsx"), "x.csv"), ["Empty"]);
    for name in ["protetto.xlsx", "protetto.ods"] {
        assert_eq!(show(&fixture(name), "x.csv"), ["Encrypted"], "{name}");
    }
}

#[test]
fn what_is_too_much_is_refused_before_it_fills_the_memory() {
    let many = "anna;x\n".repeat(MOST_ROWS + 1);
    let lines = "anna:x\n".repeat(MOST_ROWS + 1);
    let wide = "x;".repeat(MOST_COLUMNS + 1);
    let large = vec![b'a'; LARGEST + 1];
    for bytes in [many.as_bytes(), lines.as_bytes(), wide.as_bytes(), &large] {
        assert_eq!(show(bytes, "x.csv"), ["TooLarge"]);
    }
    for name in ["largo.xlsx", "enorme.xlsx"] {
        assert_eq!(show(&fixture(name), name), ["TooLarge"], "{name}");
    }
    let empty = ";".repeat(MOST_COLUMNS * 3);
    assert_eq!(show(format!("a;b{empty}\n").as_bytes(), "x.csv"), ["1|a|b"]);
}

#[test]
fn a_damaged_workbook_is_an_error_or_harmless_wherever_the_damage_is() {
    for (name, step, detected) in [
        ("utenti.xlsx", 31, 90),
        ("utenti.xls", 3, 250),
        ("utenti.ods", 11, 90),
    ] {
        let whole = fixture(name);
        let mut refused = 0;
        for at in (0..whole.len()).step_by(step) {
            let cut = read(&whole[..at], name);
            assert!(cut.is_err() || name.ends_with("xls"), "{name} cut at {at}");
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            refused += usize::from(read(&changed, name).is_err());
        }
        assert!(refused > detected, "{name}: {refused}");
    }
}

#[test]
fn an_old_workbook_that_claims_more_than_there_is_is_damaged() {
    let whole = fixture("utenti.xls");
    let find = |what: &[u8]| {
        let mut windows = whole.windows(what.len());
        windows.position(|window| window == what).unwrap()
    };
    let damage = |at: usize, octets: &[u8]| {
        let mut changed = whole.clone();
        changed[at..at + octets.len()].copy_from_slice(octets);
        assert!(
            matches!(read(&changed, "x"), Err(Error::Damaged { .. })),
            "at {at}"
        );
    };
    // The dimensions of a sheet, the column of a cell, the place of a sheet, the chain of the directory.
    damage(
        find(&[0x00, 0x02, 0x0E, 0x00]) + 8,
        &[0xFF, 0xFF, 0xFF, 0x0F],
    );
    damage(find(&[0xFD, 0x00, 0x0A, 0x00]) + 6, &[0x00, 0x80]);
    damage(find(&[0x85, 0x00]) + 4, &[0x01]);
    damage(48, &[0xFE, 0xFF, 0xFF, 0x00]);
    // Another document in the same kind of file.
    let utf16 = |text: &str| utf16(text, u16::to_le_bytes);
    let at = find(&utf16("Workbook"));
    let mut letter = whole.clone();
    letter[at..at + 16].copy_from_slice(&utf16("WordDocu"));
    assert_eq!(show(&letter, "x.xls"), ["NotAList"]);
}

#[test]
fn what_cannot_be_decoded_is_kept_for_the_check_to_find() {
    let cases: [&[u8]; 5] = [
        b"\xEF\xBB\xBFa:x\xFFy\nb:2",
        b"\xFF\xFEa\0:\0\0\xD8\n\0b\0:\x002\0",
        b"a:\x81\xFF\nb:2",
        b"a:\0\nb:2",
        "a:\u{FFFD}\nb:2".as_bytes(),
    ];
    for bytes in cases {
        let table = read(bytes, "x").unwrap();
        assert!(table.rows[0].cell(1).contains(is_unreadable), "{bytes:?}");
        assert_eq!(table.rows[1].cell(1), "2", "{bytes:?}");
    }
}

#[test]
fn nothing_that_can_be_printed_holds_a_cell() {
    let table = read(b"login;password\ncanary;canary", "x").unwrap();
    assert!(!format!("{table:?}").contains("canary"));
    // Nor do the words about a damaged workbook.
    let ods = fixture("utenti.ods");
    let end = ods.len() - 40;
    assert!(!show(&ods[..end], "x").concat().contains("utente"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_octets_whatever_break_it(
        begin in proptest::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"PK\x05\x06", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"sep=;\n", b"a;\"",
        ]),
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [begin, &bytes].concat();
        if let Ok(table) = read(&bytes, "x") {
            let cells: usize = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.len()).sum();
            prop_assert!(cells <= bytes.len() * 3, "{cells} of {}", bytes.len());
        }
    }

    #[test]
    fn no_text_whatever_breaks_it(text in "[a-c@.:;,\t\"\r\n#=]{0,200}") {
        let _ = read(text.as_bytes(), "x.csv");
    }
}
