use super::*;

const IT: Words = Words {
    language: Language::It,
};
const EN: Words = Words {
    language: Language::En,
};

fn check<T: Copy + std::fmt::Debug>(write: impl Fn(Words, T) -> String, cases: &[(T, &str, &str)]) {
    for (value, italian, english) in cases {
        assert_eq!(write(IT, *value), *italian, "{value:?}");
        assert_eq!(write(EN, *value), *english, "{value:?}");
    }
}

#[test]
fn every_file_can_be_read_and_defines_nothing_twice() {
    for language in [Language::It, Language::En] {
        let mut bundle = Bundle::new_concurrent(vec![LanguageIdentifier::default()]);
        for text in files(language) {
            let resource = FluentResource::try_new(text.to_owned());
            let resource = resource.map_err(|(_, errors)| errors).unwrap();
            bundle.add_resource(resource).unwrap();
        }
    }
}

#[test]
fn a_tag_is_italian_or_else_english() {
    for tag in ["it", "it-IT", "it_IT.UTF-8", "IT", "it@euro"] {
        assert_eq!(Language::of(tag), Language::It, "{tag}");
    }
    for tag in ["en", "de-DE", "C", "", "itx", "POSIX"] {
        assert_eq!(Language::of(tag), Language::En, "{tag}");
    }
    assert_eq!(Language::of(Language::It.tag()), Language::It);
}

#[test]
fn numbers_are_grouped() {
    check(
        Words::number,
        &[
            (0, "0", "0"),
            (999, "999", "999"),
            (1_234, "1.234", "1,234"),
            (12_345, "12.345", "12,345"),
            (1_234_567, "1.234.567", "1,234,567"),
            (
                u64::MAX,
                "18.446.744.073.709.551.615",
                "18,446,744,073,709,551,615",
            ),
        ],
    );
}

#[test]
fn sizes_are_in_decimal_units() {
    check(
        Words::size,
        &[
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1_000, "1 kB", "1 kB"),
            (1_049, "1 kB", "1 kB"),
            (1_050, "1,1 kB", "1.1 kB"),
            (1_234_567, "1,2 MB", "1.2 MB"),
            (99_940, "99,9 kB", "99.9 kB"),
            (99_960, "100 kB", "100 kB"),
            (999_499, "999 kB", "999 kB"),
            (999_500, "1 MB", "1 MB"),
            (123_456_789, "123 MB", "123 MB"),
            (25_000_000_000, "25 GB", "25 GB"),
            (3_210_000_000_000, "3,2 TB", "3.2 TB"),
            (u64::MAX, "18.446.744 TB", "18,446,744 TB"),
        ],
    );
}

#[test]
fn durations_have_two_units() {
    check(
        |words, millis| words.duration(Duration::from_millis(millis)),
        &[
            (0, "0 s", "0 s"),
            (840, "0,8 s", "0.8 s"),
            (5_000, "5 s", "5 s"),
            (9_949, "9,9 s", "9.9 s"),
            (9_951, "10 s", "10 s"),
            (59_499, "59 s", "59 s"),
            (59_500, "1 min 0 s", "1 min 0 s"),
            (125_000, "2 min 5 s", "2 min 5 s"),
            (3_599_600, "1 h 0 min", "1 h 0 min"),
            (7_380_000, "2 h 3 min", "2 h 3 min"),
            (273_600_000, "3 g 4 h", "3 d 4 h"),
        ],
    );
    assert!(IT.duration(Duration::MAX).contains("213.503.982.334.601 g"));
}

#[test]
fn a_hundred_percent_means_nothing_is_missing() {
    check(
        |words, (part, whole)| words.percent(part, whole),
        &[
            ((0, 8), "0%", "0%"),
            ((7, 8), "87,5%", "87.5%"),
            ((1, 3), "33,3%", "33.3%"),
            ((999_999, 1_000_000), "99,9%", "99.9%"),
            ((8, 8), "100%", "100%"),
            ((0, 0), "100%", "100%"),
            ((u64::MAX, u64::MAX), "100%", "100%"),
        ],
    );
}

#[test]
fn moments_and_counts_are_in_words() {
    let time: ZonedDateTime = "2013-06-06T10:02:16+02:00[Europe/Rome]".parse().unwrap();
    assert_eq!(IT.date_time(&time), "6 giugno 2013, 10:02:16");
    assert_eq!(EN.date_time(&time), "6 June 2013, 10:02:16");
    check(
        Words::messages,
        &[
            (0, "0 messaggi", "0 messages"),
            (1, "1 messaggio", "1 message"),
            (1_234, "1.234 messaggi", "1,234 messages"),
        ],
    );
    check(
        Words::folders,
        &[
            (1, "1 cartella", "1 folder"),
            (2, "2 cartelle", "2 folders"),
        ],
    );
    check(
        Words::mailboxes,
        &[
            (1, "1 casella", "1 mailbox"),
            (2, "2 caselle", "2 mailboxes"),
        ],
    );
}

#[test]
fn a_missing_key_is_shown_and_not_fatal() {
    let key = "no-such-key";
    assert_eq!(t!(in IT, dynamic key), "⟨no-such-key⟩");
    assert_eq!(t!(dynamic key, name = 1), "⟨no-such-key⟩");
    assert!(!IT.has(key) && IT.has("percent"));
}

#[test]
fn every_form_of_the_macro_gives_a_text() {
    let owned = String::from("a<b>\u{202E}");
    assert_eq!(t!(in EN, "percent", value = &owned), "a<b>\u{202E}%");
    let key = "percent";
    assert_eq!(t!(in EN, dynamic key, value = owned,), "a<b>\u{202E}%");
    assert_eq!(t!("percent", value = "5"), "5%");
    assert_eq!(t!(dynamic key, value = 5_u64), "5%");
}
