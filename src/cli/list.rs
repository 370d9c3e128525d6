//! A user list from a file, whatever program wrote it.
//!
//! Promises: a list with a bad row is refused whole, with every bad row named by its number; columns that can be read in
//! two ways are asked for, not guessed; no cell of a list is ever shown.

use std::fs;
use std::path::Path;

use clap::ArgMatches;
use secrecy::zeroize::Zeroizing;

use super::fail::{self, Failure};
use super::{Exit, args, out};
use crate::account::Side;
use crate::i18n;
use crate::plan::{Job, Plan};
use crate::t;
use crate::users::{
    self, DestinationLogin, Entry, Field, Flaw, Ids, Kept, Mapping, Problem, Rules, Table, Why,
    mapping, sheet,
};

/// Bad rows named before the others are only counted.
const NAMED: usize = 20;

/// The columns as `--columns` calls them.
const COLUMNS: [(Field, &str); 11] = [
    (Field::Login, "login"),
    (Field::Password, "password"),
    (Field::Address, "address"),
    (Field::DestinationLogin, "destination-login"),
    (Field::DestinationPassword, "destination-password"),
    (Field::FullName, "name"),
    (Field::FirstName, "first-name"),
    (Field::LastName, "last-name"),
    (Field::Aliases, "aliases"),
    (Field::Group, "group"),
    (Field::Ignored, "-"),
];

/// What a list brings.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) jobs: Vec<Job>,
    pub(super) passwords: Vec<Kept>,
}

/// Reads a list; any bad row refuses it.
pub(super) fn read(file: &Path, plan: &Plan, matches: &ArgMatches) -> Result<List, Failure> {
    let shown = file.display().to_string();
    let octets = fs::read(file)
        .map(Zeroizing::new)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Failure::usage(t!("cli-error-no-file", file = shown.as_str()))
                    .remedy(t!("cli-error-no-file-remedy"))
            }
            _ => fail::storage(&error, &shown).exit(Exit::Usage),
        })?;
    let table = users::read(&octets, &shown).map_err(|error| refused(&error, &shown))?;
    let mapping = mapping_of(&table, &shown, matches)?;
    let rules = Rules {
        destination_login: match args::text(matches, args::DESTINATION_LOGIN) {
            Some("login") => DestinationLogin::Login,
            Some("localpart") => DestinationLogin::Localpart,
            _ => DestinationLogin::Address,
        },
        origin_master: plan.origin.is_open(),
        destination_master: plan.destination.is_open(),
        sets_passwords: plan.scope.provisions(),
        by_address: plan.needs_provisioner(),
    };
    let entries = users::entries(&table, &mapping, &mut Ids::default());
    if entries.is_empty() {
        return Err(empty(shown));
    }
    let checked = users::check(&entries, rules);
    let (mut bad, mut odd) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        match checked.problem(at) {
            Some(problem) if problem.is_blocking() => bad.push(line(entry, problem, &entries)),
            Some(problem) => odd.push(line(entry, problem, &entries)),
            None => {}
        }
    }
    if !bad.is_empty() {
        return Err(problems(&shown, &bad));
    }
    for text in named(&odd) {
        let head = out::note_ink(out::Ink::Yellow, &t!("cli-warning"));
        out::note(&format!("{head} {text}"));
    }
    let (jobs, passwords) = users::to_jobs(&entries, &checked, rules);
    Ok(List { jobs, passwords })
}

fn empty(file: String) -> Failure {
    Failure::usage(t!("cli-users-empty", file = file)).remedy(t!("cli-users-empty-remedy"))
}

/// What the columns are: as the operator says, else as the list does, if that is beyond doubt.
fn mapping_of(table: &Table, file: &str, matches: &ArgMatches) -> Result<Mapping, Failure> {
    let mapping = match args::text(matches, args::COLUMNS) {
        Some(typed) => mapping::given(table, columns(typed)?),
        None => users::guess(table),
    };
    if mapping.sure && mapping.has_login() {
        return Ok(mapping);
    }
    // Only names that are known are shown: the others may be somebody's password.
    let name = |at| match table.rows.first().map(|row| row.cell(at)) {
        Some(name) if mapping.header && mapping::field(name).is_some() => name.trim(),
        _ => "?",
    };
    let names: Vec<_> = (0..table.width()).map(name).collect();
    let guess: Vec<_> = mapping.columns.iter().map(|field| word(*field)).collect();
    Err(Failure::usage(t!("cli-users-unsure", file = file))
        .remedy(t!("cli-users-unsure-remedy", columns = guess.join(",")))
        .detail(t!("cli-users-columns", names = names.join(", ")))
        .detail(doubt(mapping.why)))
}

fn doubt(why: Why) -> String {
    let number = |column: usize| (column + 1).to_string();
    match why {
        Why::Repeated { first, second } => t!(
            "cli-users-doubt-repeated",
            first = number(first),
            second = number(second)
        ),
        Why::Unnamed { column } => t!("cli-users-unknown-column", column = number(column)),
        Why::TwoReadings { first, second } => t!(
            "cli-users-doubt-two",
            first = number(first),
            second = number(second)
        ),
        Why::NoLogin | Why::Form | Why::Header | Why::Contents | Why::Given => {
            t!("cli-users-doubt-no-login")
        }
    }
}

fn word(field: Field) -> &'static str {
    let known = COLUMNS.iter().find(|(known, _)| *known == field);
    known.map_or("-", |(_, word)| word)
}

/// `--columns`, by our words or by any name a header may have.
fn columns(typed: &str) -> Result<Vec<Field>, Failure> {
    let names: Vec<_> = typed.split(',').collect();
    let column = |(name, field): (&str, Option<Field>)| {
        if name.trim() == "-" {
            return Ok(Field::Ignored);
        }
        field.ok_or_else(|| {
            let words: Vec<_> = COLUMNS.iter().map(|(_, word)| *word).collect();
            Failure::usage(t!("cli-value-columns", name = name))
                .remedy(t!("cli-usage-valid", values = words.join(", ")))
        })
    };
    let fields = mapping::fields(names.iter().copied());
    names.into_iter().zip(fields).map(column).collect()
}

/// Why a file is no list at all.
fn refused(error: &sheet::Error, file: &str) -> Failure {
    let at = |row: usize, what: String| {
        let line = t!("cli-users-line", line = row.to_string(), what = what);
        problems(file, &[line])
    };
    match error {
        sheet::Error::Empty => empty(file.to_owned()),
        sheet::Error::NotAList => Failure::usage(t!("cli-users-not-a-list", file = file))
            .remedy(t!("cli-users-not-a-list-remedy")),
        sheet::Error::Encrypted => Failure::usage(t!("cli-users-encrypted", file = file))
            .remedy(t!("cli-users-encrypted-remedy")),
        sheet::Error::Damaged { words } => Failure::usage(t!("cli-users-damaged", file = file))
            .remedy(t!("cli-users-not-a-list-remedy"))
            .detail(words.clone()),
        sheet::Error::TooLarge => Failure::usage(t!("cli-users-too-large", file = file))
            .remedy(t!("cli-users-too-large-remedy")),
        sheet::Error::OpenQuote { row } => at(*row, t!("cli-users-open-quote")),
        sheet::Error::UnknownColumn { row, column } => at(
            *row,
            t!("cli-users-unknown-column", column = column.to_string()),
        ),
        sheet::Error::RepeatedColumn { row, column } => at(
            *row,
            t!("cli-users-repeated-column", column = column.to_string()),
        ),
    }
}

fn problems(file: &str, lines: &[String]) -> Failure {
    let number = i18n::number(lines.len() as u64);
    let what = t!(
        "cli-users-problems",
        file = file,
        count = lines.len(),
        number = number
    );
    let failure = Failure::usage(what).remedy(t!("cli-users-problems-remedy"));
    named(lines).into_iter().fold(failure, Failure::detail)
}

/// The first lines, and how many more there are.
fn named(lines: &[String]) -> Vec<String> {
    let mut named: Vec<String> = lines.iter().take(NAMED).cloned().collect();
    let more = lines.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(t!(
            "cli-users-more",
            count = more,
            number = i18n::number(more as u64)
        ));
    }
    named
}

fn line(entry: &Entry, problem: &Problem, entries: &[Entry]) -> String {
    let row = |entry: &Entry| entry.row.map_or_else(String::new, |row| row.to_string());
    t!(
        "cli-users-line",
        line = row(entry),
        what = problem_words(problem, |first| entries
            .get(first)
            .map_or_else(String::new, row))
    )
}

fn problem_words(problem: &Problem, row_of: impl Fn(usize) -> String) -> String {
    match problem {
        Problem::EmptyLogin => t!("cli-users-empty-login"),
        Problem::MissingPassword { side: Side::Origin } => t!("cli-users-missing-password"),
        Problem::MissingPassword {
            side: Side::Destination,
        } => t!("cli-users-missing-destination-password"),
        Problem::BadAddress { why, .. } => flaw_words(*why),
        Problem::BadAlias { number, why } => t!(
            "cli-users-bad-alias",
            number = number.to_string(),
            what = flaw_words(*why)
        ),
        Problem::AliasTaken { number, first } => t!(
            "cli-users-alias-taken",
            number = number.to_string(),
            first = row_of(*first)
        ),
        Problem::DuplicateLogin { first } => t!("cli-users-duplicate", first = row_of(*first)),
        Problem::DuplicateAddress { first, .. } => {
            t!("cli-users-duplicate-address", first = row_of(*first))
        }
        Problem::SameDestination { first } => {
            t!("cli-users-same-destination", first = row_of(*first))
        }
        Problem::TooManyFields { found, columns } => t!(
            "cli-users-too-many",
            found = found.to_string(),
            columns = columns.to_string()
        ),
        Problem::Ambiguous => t!("cli-users-ambiguous"),
        Problem::Unreadable => t!("cli-users-unreadable"),
        Problem::SuspiciousPassword => t!("cli-users-suspicious"),
        Problem::SpaceAroundPassword => t!("cli-users-space-around"),
    }
}

fn flaw_words(flaw: Flaw) -> String {
    match flaw {
        Flaw::Comma => t!("cli-users-address-comma"),
        Flaw::Space => t!("cli-users-address-space"),
        Flaw::NoAt => t!("cli-users-address-no-at"),
        Flaw::TwoAts => t!("cli-users-address-two-ats"),
        Flaw::NoDomain => t!("cli-users-address-no-domain"),
        Flaw::DomainDot => t!("cli-users-address-dot"),
        Flaw::Other => t!("cli-users-bad-address"),
    }
}
