//! The words are whole: both languages say the same things, every key used exists with the
//! arguments it is given, and no key is unused.
//!
//! A simple reading of the files, not a parser of Rust: a call is `t!(`, then the key as a plain
//! text or the word `dynamic`. Calls in lines that are comments do not count.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Keys that start so are made at run time, by `t!(dynamic …)`.
const DYNAMIC: [&str; 3] = ["trouble-", "state-", "failure-"];

const AREAS: [&str; 11] = [
    "common", "cli", "report", "ui", "setup", "users", "options", "live", "finish", "help",
    "trouble",
];

type Words = BTreeMap<String, Entry>;

/// What an entry of a Fluent file names.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Entry {
    arguments: BTreeSet<String>,
    references: BTreeSet<String>,
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    let mut wrong = Vec::new();
    for area in AREAS {
        let (italian, english) = (words("it", area), words("en", area));
        for key in italian
            .keys()
            .chain(english.keys())
            .collect::<BTreeSet<_>>()
        {
            match (italian.get(key), english.get(key)) {
                (Some(it), Some(en)) if it.arguments == en.arguments => {}
                (Some(it), Some(en)) => wrong.push(format!(
                    "{area}.ftl: {key} has {:?} in Italian, {:?} in English",
                    it.arguments, en.arguments
                )),
                (it, _) => wrong.push(format!(
                    "{area}.ftl: {key} is not in {}",
                    if it.is_none() { "Italian" } else { "English" }
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_known_files_exist_and_no_key_stands_in_two() {
    for language in ["it", "en"] {
        let names: BTreeSet<_> = files(&root().join("i18n").join(language), "ftl")
            .iter()
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, AREAS.map(str::to_owned).into(), "{language}");
        let count: usize = AREAS.iter().map(|area| words(language, area).len()).sum();
        assert_eq!(count, all(language).len(), "{language}");
    }
}

#[test]
fn every_key_used_exists_with_the_arguments_it_is_given() {
    let words = all("en");
    let mut wrong = Vec::new();
    for call in calls() {
        let Some(key) = &call.key else { continue };
        if !words.contains_key(key) {
            wrong.push(format!("{}: no such key: {key}", call.place));
        } else if arguments(key, &words) != call.arguments {
            wrong.push(format!(
                "{}: {key} takes {:?}, is given {:?}",
                call.place,
                arguments(key, &words),
                call.arguments
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_key_is_unused() {
    let words = all("en");
    let calls: BTreeSet<_> = calls().into_iter().filter_map(|call| call.key).collect();
    let referred: BTreeSet<_> = words.values().flat_map(|entry| &entry.references).collect();
    let unused: Vec<_> = words
        .keys()
        .filter(|key| !calls.contains(*key) && !referred.contains(key))
        .filter(|key| !DYNAMIC.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

/// The words for a trouble are found by its kind, so the reading of calls does not see them.
#[test]
fn every_kind_of_trouble_has_its_words_and_no_words_are_left_over() {
    let source = fs::read_to_string(root().join("src/trouble.rs")).unwrap();
    let (_, body) = source.split_once("pub enum Kind {").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let kinds = body.lines().filter_map(|line| {
        let name = line.trim().strip_suffix(',')?;
        name.chars().all(char::is_alphanumeric).then_some(name)
    });
    let mut wanted = BTreeSet::from([String::from("trouble-login-refused-master-remedy")]);
    for kind in kinds {
        let mut key = String::from("trouble");
        for letter in kind.chars() {
            if letter.is_uppercase() {
                key.push('-');
            }
            key.extend(letter.to_lowercase());
        }
        wanted.extend([format!("{key}-remedy"), key]);
    }
    assert!(wanted.len() > 100, "only {wanted:?}");
    for language in ["it", "en"] {
        let found: BTreeSet<_> = words(language, "trouble").into_keys().collect();
        assert_eq!(found, wanted, "{language}");
    }
}

#[test]
fn the_reading_of_calls_is_right() {
    let source = r#"
        format!("x"); assert!(t!("a"));
        // t!("comment")
        t!("b", one = f(1, "),("), two = x == y);
        t!(in words, "c-d", n = ')',);
        t!(
            in self.words(),
            dynamic key.name(), n = 1
        );
        crate::t!(dynamic "trouble-x");
    "#;
    let calls: Vec<_> = calls_of(Path::new("x.rs"), source)
        .into_iter()
        .map(|call| (call.place, call.key, Vec::from_iter(call.arguments)))
        .collect();
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let key = |key: &str| Some(key.to_owned());
    let place = |line: u32| format!("x.rs:{line}");
    assert_eq!(
        calls,
        [
            (place(2), key("a"), names(&[])),
            (place(4), key("b"), names(&["one", "two"])),
            (place(5), key("c-d"), names(&["n"])),
            (place(6), None, names(&["n"])),
            (place(10), None, names(&[])),
        ]
    );
}

#[test]
fn the_reading_of_words_is_right() {
    let text = "# c $no\nkey = a { $x } { NUMBER($y-z) }\n  { other } { -term }\n\
                other = { $n ->\n  [one] { $m }\n *[other] b\n  }\n-term = T\n";
    let words = words_of(text);
    assert_eq!(words.keys().collect::<Vec<_>>(), ["-term", "key", "other"]);
    let own: Vec<_> = words["key"].arguments.iter().collect();
    assert_eq!(own, ["x", "y-z"]);
    let with_others: Vec<_> = arguments("key", &words).into_iter().collect();
    assert_eq!(with_others, ["m", "n", "x", "y-z"]);
    assert!(words["key"].references.contains("-term"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn words(language: &str, area: &str) -> Words {
    let path = root().join(format!("i18n/{language}/{area}.ftl"));
    words_of(&fs::read_to_string(path).unwrap())
}

fn all(language: &str) -> Words {
    AREAS
        .iter()
        .flat_map(|area| words(language, area))
        .collect()
}

/// The entries of a Fluent text: a key at the start of a line, and what the lines below it name.
fn words_of(text: &str) -> Words {
    let mut words = Words::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let starts = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        let value = match line.split_once('=') {
            Some((key, value)) if starts => {
                let key = key.trim().to_owned();
                assert!(
                    words.insert(key.clone(), Entry::default()).is_none(),
                    "twice: {key}"
                );
                current = Some(key);
                value
            }
            _ => line,
        };
        let Some(entry) = current.as_ref().and_then(|key| words.get_mut(key)) else {
            continue;
        };
        entry
            .arguments
            .extend(value.split('$').skip(1).map(|rest| name(rest).to_owned()));
        for rest in value.split('{').skip(1) {
            let rest = rest.trim_start();
            let name = name(rest);
            let end = rest[name.len()..].trim_start();
            if !name.is_empty() && (end.starts_with('}') || end.starts_with("->")) {
                let _ = entry.references.insert(name.to_owned());
            }
        }
    }
    words
}

/// The name a text starts with.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The arguments of an entry and of those it refers to.
fn arguments(key: &str, words: &Words) -> BTreeSet<String> {
    let Some(entry) = words.get(key) else {
        return BTreeSet::new();
    };
    let others = entry
        .references
        .iter()
        .flat_map(|other| arguments(other, words));
    entry.arguments.iter().cloned().chain(others).collect()
}

/// One use of `t!`.
struct Call {
    place: String,
    /// Absent where it is dynamic.
    key: Option<String>,
    arguments: BTreeSet<String>,
}

fn calls() -> Vec<Call> {
    files(&root().join("src"), "rs")
        .iter()
        .flat_map(|path| calls_of(path, &fs::read_to_string(path).unwrap()))
        .collect()
}

fn calls_of(path: &Path, source: &str) -> Vec<Call> {
    let code: Vec<_> = source
        .lines()
        .map(|line| {
            if line.trim_start().starts_with("//") {
                ""
            } else {
                line
            }
        })
        .collect();
    let code = code.join("\n");
    let mut calls = Vec::new();
    for (at, _) in code.match_indices("t!(") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let mut parts = parts(&code[at + 3..]).into_iter();
        let mut key = parts.next().unwrap_or_default();
        if key.starts_with("in ") {
            key = parts.next().unwrap_or_default();
        }
        let key = match key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
            Some(key) => Some(key.to_owned()),
            None if key.starts_with("dynamic ") => None,
            // A form this reading does not know, or not ours.
            None => continue,
        };
        let named = parts.filter(|part| !part.is_empty());
        calls.push(Call {
            place: format!(
                "{}:{}",
                path.display(),
                code[..at].matches('\n').count() + 1
            ),
            key,
            arguments: named.map(|part| name(part).to_owned()).collect(),
        });
    }
    calls
}

/// The parts between the commas of a call, up to its closing bracket.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                while let Some((_, inside)) = characters.next() {
                    match inside {
                        '\\' => drop(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            // A character like ')', not a lifetime.
            '\'' if text[at + 1..].chars().nth(1) == Some('\'') => drop(characters.nth(1)),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                parts.push(text[start..at].trim());
                return parts;
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}
