//! The map of `src/lib.rs`, enforced: who may know whom, what may not be said where.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file, with its path below `src` and its text without tests and comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 60, "only {} files found", files.len());
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// The code of a file: without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("mod tests {").next().unwrap_or(text);
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_test(name: &str) -> bool {
    let made_up = ["samples", "pretend", "pictures"]
        .iter()
        .any(|part| name.ends_with(&format!("/{part}.rs")) || name.contains(&format!("/{part}/")));
    name.ends_with("/tests.rs")
        || name.contains("/tests/")
        || name == "sample/conversation.rs"
        || (name.starts_with("ui/") && made_up)
}

#[test]
fn what_is_made_up_for_tests_is_not_in_the_program() {
    let mut seen = 0;
    for (name, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let module = line.trim().trim_end_matches(';').rsplit(' ').next();
            let made_up = matches!(module, Some("samples" | "pretend" | "pictures"));
            if name.starts_with("ui") && made_up && line.contains("mod ") && !is_test(&name) {
                seen += 1;
                assert_eq!(lines[at - 1].trim(), "#[cfg(test)]", "{name}: {line}");
            }
        }
    }
    assert!(seen > 3, "{seen}");
}

/// Whether a word stands in the code as a word.
fn says(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let after = word.ends_with(':') || edge(code[at + word.len()..].chars().next());
        edge(code[..at].chars().next_back()) && after
    })
}

/// `word` may stand only in files below one of `places`.
fn only_in(word: &str, places: &[&str]) {
    for (name, text) in sources() {
        if is_test(&name) || places.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        assert!(
            !says(&code(&text), &format!("{word}::")),
            "{word} stands in {name}; it belongs to {places:?}"
        );
    }
}

/// Files below `place` may not say any of `words`.
fn never_in(place: &str, words: &[&str]) {
    let mut seen = 0;
    for (name, text) in sources() {
        if !name.starts_with(place) || is_test(&name) {
            continue;
        }
        seen += 1;
        for word in words {
            assert!(!says(&code(&text), word), "{name} knows {word}");
        }
    }
    assert!(seen > 0, "nothing below {place}");
}

#[test]
fn libraries_stay_behind_their_module() {
    only_in("iced", &["ui", "main.rs"]);
    only_in("imap_proto", &["imap"]);
    only_in("async_imap", &["engine/verify"]);
    only_in("rusqlite", &["journal"]);
    only_in("keyring", &["secrets"]);
    only_in("rustls", &["net"]);
    only_in("tokio_rustls", &["net"]);
    only_in("x509_parser", &["net"]);
    only_in("hickory_resolver", &["discovery"]);
    only_in("reqwest", &["net/web.rs", "discovery", "provision"]);
    only_in("rsa", &["provision/icewarp"]);
    only_in("fs4", &["probe"]);
    only_in("clap", &["cli"]);
    only_in("indicatif", &["cli"]);
    only_in("fluent_bundle", &["i18n"]);
    only_in("mail_parser", &["engine/message", "aliases"]);
    only_in("idna", &["aliases"]);
    only_in("calamine", &["users"]);
    only_in("zip", &["users"]);
    only_in("encoding_rs", &["users", "provision/export"]);
    only_in("process_wrap", &["program"]);
    // The report has a module of this name, and writes its few tables by itself.
    only_in("csv", &["users", "report.rs"]);
}

#[test]
fn lower_layers_do_not_know_higher_ones() {
    let outside = ["ui", "cli", "report", "i18n", "demo", "sample"];
    for place in [
        "aliases",
        "archive",
        "discovery",
        "engine",
        "imap",
        "journal",
        "net",
        "plan.rs",
        "probe",
        "account.rs",
        "trouble.rs",
        "project.rs",
        "program",
        "after",
        "provision",
        "users",
    ] {
        let crate_paths: Vec<String> = outside
            .iter()
            .map(|name| format!("crate::{name}"))
            .collect();
        never_in(
            place,
            &crate_paths.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }
    never_in(
        "imap",
        &[
            "crate::engine",
            "crate::journal",
            "crate::plan",
            "crate::secrets",
        ],
    );
    never_in(
        "journal",
        &[
            "crate::engine",
            "crate::plan",
            "crate::net",
            "crate::secrets",
        ],
    );
    never_in(
        "net",
        &[
            "crate::engine",
            "crate::imap",
            "crate::journal",
            "crate::plan",
        ],
    );
    never_in(
        "archive",
        &[
            "crate::engine",
            "crate::imap",
            "crate::journal",
            "crate::plan",
            "crate::secrets",
        ],
    );
    never_in("net", &["crate::archive"]);
    never_in(
        "serve",
        &[
            "crate::archive",
            "crate::engine",
            "crate::imap",
            "crate::net",
            "imap_proto",
        ],
    );
    never_in(
        "discovery",
        &[
            "crate::engine",
            "crate::imap",
            "crate::journal",
            "crate::plan",
            "crate::secrets",
        ],
    );
    never_in("engine", &["crate::secrets"]);
    never_in("aliases", &["crate::secrets", "crate::journal"]);
    never_in(
        "users",
        &[
            "crate::engine",
            "crate::imap",
            "crate::journal",
            "crate::net",
            "crate::project",
            "crate::secrets",
        ],
    );
    never_in("probe", &["crate::secrets", "crate::journal"]);
    let beneath = ["crate::engine", "crate::journal", "crate::secrets"];
    never_in("program", &beneath);
    never_in("after", &beneath);
    never_in("account.rs", &["crate"]);
    never_in("trouble.rs", &["crate"]);
    // The sample servers must not share code with the client they test.
    never_in(
        "sample",
        &[
            "crate::imap",
            "crate::engine",
            "crate::journal",
            "imap_proto",
        ],
    );
}

#[test]
fn words_for_people_are_made_outside_the_engine() {
    only_in("crate::i18n", &["ui", "cli", "report", "i18n", "main.rs"]);
}

/// What may be said to an origin (field.md D2). `UID FETCH` only with PEEK, which the next test looks at.
const ORIGIN_VERBS: &[&str] = &["EXAMINE", "UID FETCH", "NOOP"];

#[test]
fn the_origin_has_no_verb_that_writes() {
    let (_, text) = sources()
        .into_iter()
        .find(|(name, _)| name == "imap/origin.rs")
        .unwrap();
    let code = code(&text);
    for writing in [
        "(\"STORE",
        "UID STORE",
        "APPEND",
        "SELECT",
        "EXPUNGE",
        "CLOSE",
        "MOVE",
        "COPY",
        "DELETE",
        "RENAME",
        "CREATE",
        "SUBSCRIBE",
        "RFC822\"",
        "BODY[",
    ] {
        assert!(!code.contains(writing), "imap/origin.rs says {writing}");
    }
    let mut said: Vec<String> = Vec::new();
    for (at, _) in code.match_indices("Command::new(") {
        let text = &code[at..];
        let quote = text.find('"').unwrap();
        let words: Vec<_> = text[quote + 1..].split([' ', '"']).take(2).collect();
        said.push(if words[0] == "UID" {
            words.join(" ")
        } else {
            words[0].to_owned()
        });
    }
    assert!(!said.is_empty());
    for verb in said {
        assert!(
            ORIGIN_VERBS.contains(&verb.as_str()),
            "imap/origin.rs sends {verb}"
        );
    }
    // What both sides share only lists and asks.
    let (_, shared) = sources()
        .into_iter()
        .find(|(name, _)| name == "imap/folders.rs")
        .unwrap();
    for writing in [
        "(\"STORE",
        "APPEND",
        "SELECT ",
        "EXPUNGE",
        "CREATE ",
        "\"SUBSCRIBE",
        "DELETE",
    ] {
        assert!(
            !self::code(&shared).contains(writing),
            "imap/folders.rs says {writing}"
        );
    }
}

#[test]
fn bodies_are_asked_for_with_peek_everywhere() {
    for (name, text) in sources() {
        if name.starts_with("sample") || is_test(&name) {
            continue;
        }
        for (at, _) in code(&text).match_indices("FETCH {") {
            let rest: String = code(&text)[at..].chars().take(160).collect();
            assert!(
                !rest.contains("BODY[") && !rest.contains("RFC822)"),
                "{name}: {rest}"
            );
        }
    }
}

#[test]
fn nothing_but_the_binaries_and_tests_may_give_up() {
    for (name, text) in sources() {
        if is_test(&name) {
            continue;
        }
        let code = code(&text);
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unimplemented!(",
            "dbg!(",
            "println!(",
        ] {
            assert!(!code.contains(word), "{name} says {word}");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for_and_no_file_has_two_subjects() {
    for (name, text) in sources() {
        if !is_test(&name) && name != "lib.rs" {
            assert!(
                text.starts_with("//!"),
                "{name} does not begin with a //! line"
            );
        }
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines");
    }
}

#[test]
fn nothing_secret_can_stand_in_the_plan() {
    let (_, text) = sources()
        .into_iter()
        .find(|(name, _)| name == "plan.rs")
        .unwrap();
    let (_, account) = sources()
        .into_iter()
        .find(|(name, _)| name == "account.rs")
        .unwrap();
    for text in [text, account] {
        assert!(!says(&code(&text), "password"));
        assert!(!says(&code(&text), "SecretString"));
    }
}
