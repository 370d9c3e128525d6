//! What is typed after an option, read and checked.

use std::path::PathBuf;

use super::fail::{self, Failure};
use super::{Exit, args, out};
use crate::account::{Address, Endpoint, Master, Security, Side};
use crate::archive;
use crate::plan::{FolderLanguage, Options, Plan};
use crate::t;
use clap::ArgMatches;

/// Dovecot's character between mailbox and administrator, and what most others took over.
const USUAL_SEPARATOR: &str = "*";
/// Asks for SASL PLAIN with an authorization identity instead of a separator.
const SASL: &str = "sasl";
/// How a certificate begins in a PEM file (RFC 7468).
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// One side's server, with everything the options say about it.
pub(super) fn endpoint(matches: &ArgMatches, side: Side) -> Result<Endpoint, Failure> {
    let typed = args::text(matches, side.word()).unwrap_or_default();
    let mut endpoint = Endpoint::new(place(typed.parse()?));
    let twice = |option: &str| {
        Err(
            Failure::usage(t!("cli-value-twice", option = option, side = side.word()))
                .remedy(t!("cli-value-twice-remedy", option = option)),
        )
    };
    for text in args::texts(matches, args::ACCEPT) {
        match sided(text) {
            (None, _) => return Err(Failure::usage(t!("cli-value-side-missing", text = text))),
            (Some(of), _) if of == side && endpoint.certificate.is_some() => {
                return twice(args::ACCEPT);
            }
            (Some(of), pin) if of == side => endpoint.certificate = Some(pin.parse()?),
            (Some(_), pin) => {
                let _checked: crate::account::Fingerprint = pin.parse()?;
            }
        }
    }
    for text in args::texts(matches, args::AUTHORITY) {
        let (of, file) = sided(text);
        if of.is_none_or(|of| of == side) {
            if endpoint.authority.is_some() {
                return twice(args::AUTHORITY);
            }
            endpoint.authority = Some(authority(file)?);
        }
    }
    let mut separator = USUAL_SEPARATOR;
    for text in args::texts(matches, args::MASTER_SEPARATOR) {
        let (of, typed) = sided(text);
        if of.is_none_or(|of| of == side) {
            separator = typed;
        }
    }
    if separator.is_empty() {
        return Err(Failure::usage(t!("cli-value-separator")));
    }
    for text in args::texts(matches, args::MASTER_USER) {
        let (of, user) = sided(text);
        if user.is_empty() {
            return Err(Failure::usage(t!("cli-value-master", text = text)));
        }
        if of.unwrap_or(Side::Origin) == side {
            if endpoint.master.is_some() {
                return twice(args::MASTER_USER);
            }
            endpoint.master = Some(Master {
                user: user.to_owned(),
                separator: (separator != SASL).then(|| separator.to_owned()),
            });
        }
    }
    Ok(endpoint)
}

/// An archive must be found from wherever the next command is given.
pub(super) fn place(mut address: Address) -> Address {
    if address.security == Security::Local
        && let Ok(path) = std::path::absolute(&address.host)
        && let Some(path) = path.to_str()
    {
        path.clone_into(&mut address.host);
    }
    address
}

/// `origin=…` or `destination=…`, or neither.
fn sided(text: &str) -> (Option<Side>, &str) {
    for side in [Side::Origin, Side::Destination] {
        if let Some(rest) = text
            .strip_prefix(side.word())
            .and_then(|rest| rest.strip_prefix('='))
        {
            return (Some(side), rest);
        }
    }
    (None, text)
}

/// A file that is there, by a name under which it is found from wherever the next command is given.
pub(super) fn file(typed: &str) -> Result<PathBuf, Failure> {
    std::fs::canonicalize(typed).map_err(|error| no_file(&error, typed))
}

fn no_file(error: &std::io::Error, typed: &str) -> Failure {
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::usage(t!("cli-error-no-file", file = typed))
            .remedy(t!("cli-error-no-file-remedy")),
        _ => fail::storage(error, typed).exit(Exit::Usage),
    }
}

/// A file of certificate authorities.
pub(super) fn authority(typed: &str) -> Result<PathBuf, Failure> {
    let path = file(typed)?;
    let octets = std::fs::read(&path).map_err(|error| no_file(&error, typed))?;
    if octets
        .windows(CERTIFICATE.len())
        .any(|window| window == CERTIFICATE)
    {
        Ok(path)
    } else {
        Err(Failure::usage(t!("cli-value-authority", file = typed))
            .remedy(t!("cli-value-authority-remedy")))
    }
}

/// Whether both sides are the same place.
fn one_server(plan: &Plan) -> bool {
    let host = |end: &Endpoint| end.url.host.trim_end_matches('.').to_lowercase();
    let (origin, destination) = (&plan.origin, &plan.destination);
    host(origin) == host(destination) && origin.url.port == destination.url.port
}

/// Refuses a plan that would copy a mailbox, or an archive, onto itself.
pub(super) fn apart(plan: &Plan) -> Result<(), Failure> {
    if let (Some(one), Some(other)) = (plan.origin.folder(), plan.destination.folder())
        && archive::overlap(one, other)
    {
        return Err(
            Failure::usage(t!("cli-error-one-archive", folder = plan.origin.label()))
                .remedy(t!("cli-error-one-archive-remedy")),
        );
    }
    let mut jobs = plan.jobs.iter().filter(|_| one_server(plan));
    match jobs.find(|job| job.login.to_lowercase() == job.destination_login.to_lowercase()) {
        None => Ok(()),
        Some(job) => Err(Failure::usage(t!(
            "cli-error-onto-itself",
            login = job.login.as_str(),
            server = plan.origin.label()
        ))
        .remedy(t!("cli-error-onto-itself-remedy"))),
    }
}

/// Two logins of one server may be one mailbox under two names, which cannot be seen from here.
pub(super) fn warn_of_one_server(plan: &Plan) {
    if one_server(plan) {
        let head = out::note_ink(out::Ink::Yellow, &t!("cli-warning"));
        let text = t!("cli-warning-one-server", server = plan.origin.label());
        out::note(&format!("{head} {text}"));
    }
}

/// The choices that hold for every mailbox.
pub(super) fn options(matches: &ArgMatches, options: &mut Options) -> Result<(), Failure> {
    speed(matches, options)?;
    options.exclude_folders = args::texts(matches, args::EXCLUDE)
        .into_iter()
        .map(str::to_owned)
        .collect();
    for text in args::texts(matches, args::FOLDER) {
        let pair = text
            .split_once('=')
            .filter(|(old, new)| !old.is_empty() && !new.is_empty());
        let (old, new) = pair.ok_or_else(|| Failure::usage(t!("cli-value-folder", text = text)))?;
        if options
            .folders
            .insert(old.to_owned(), new.to_owned())
            .is_some()
        {
            return Err(Failure::usage(t!("cli-value-folder-twice", folder = old)));
        }
    }
    let language = args::text(matches, args::SPECIAL_FOLDERS);
    let mut languages = FolderLanguage::ALL.into_iter();
    options.special_folders = languages.find(|one| language == Some(one.word()));
    if let Some(text) = args::text(matches, args::SINCE) {
        let day = text.parse().map_err(|_| {
            Failure::usage(t!("cli-value-since", text = text)).remedy(t!("cli-value-since-remedy"))
        })?;
        options.since = Some(day);
    }
    if let Some(text) = args::text(matches, args::MAX_SIZE) {
        let size = size(text).ok_or_else(|| {
            Failure::usage(t!("cli-value-size", text = text)).remedy(t!("cli-value-size-remedy"))
        })?;
        options.max_size = Some(size);
    }
    Ok(())
}

/// How much at once and when, where the options say it.
pub(super) fn speed(matches: &ArgMatches, options: &mut Options) -> Result<(), Failure> {
    if let Some(mailboxes) = matches.get_one(args::MAILBOXES) {
        options.mailboxes = *mailboxes;
    }
    if let Some(connections) = matches.get_one(args::CONNECTIONS) {
        options.connections = *connections;
    }
    if let Some(text) = args::text(matches, args::WINDOW) {
        let window = text.parse().map_err(|_| {
            Failure::usage(t!("cli-value-window", text = text))
                .remedy(t!("cli-value-window-remedy"))
        })?;
        options.window = Some(window);
    }
    if let Some(text) = args::text(matches, args::BANDWIDTH) {
        let rate = kilobits(text).ok_or_else(|| {
            Failure::usage(t!("cli-value-bandwidth", text = text))
                .remedy(t!("cli-value-bandwidth-remedy"))
        })?;
        options.bandwidth_kbit = Some(rate);
    }
    Ok(())
}

/// `25M` is 25 × 1024 × 1024 octets, `25MB` 25 million, as other programs read it.
fn size(text: &str) -> Option<u64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    digits
        .parse::<u64>()
        .ok()?
        .checked_mul(unit)
        .filter(|octets| *octets > 0)
}

/// `20Mbit` is 20,000 kbit a second; a number alone would leave open whether bits or octets are meant.
fn kilobits(text: &str) -> Option<u32> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let unit = unit.trim().to_ascii_lowercase();
    let unit = match unit.strip_suffix("/s").unwrap_or(&unit) {
        "kbit" => 1,
        "mbit" => 1_000,
        "gbit" => 1_000_000,
        _ => return None,
    };
    digits
        .parse::<u32>()
        .ok()?
        .checked_mul(unit)
        .filter(|rate| *rate > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_with_their_unit_and_not_without() {
        for (text, rate) in [
            ("20Mbit", Some(20_000)),
            ("20 Mbit/s", Some(20_000)),
            ("512kbit", Some(512)),
            ("1Gbit", Some(1_000_000)),
            ("20", None),
            ("20MB", None),
            ("0Mbit", None),
            ("Mbit", None),
            ("9999Gbit", None),
        ] {
            assert_eq!(kilobits(text), rate, "{text}");
        }
    }

    #[test]
    fn sizes_are_read_as_other_programs_read_them() {
        for (text, octets) in [
            ("25M", Some(26_214_400)),
            ("25MB", Some(25_000_000)),
            ("10 kB", Some(10_000)),
            ("512", Some(512)),
            ("0", None),
            ("M", None),
            ("25X", None),
            ("99999999999G", None),
        ] {
            assert_eq!(size(text), octets, "{text}");
        }
    }

    #[test]
    fn a_side_is_named_or_not() {
        assert_eq!(sided("origin=a"), (Some(Side::Origin), "a"));
        assert_eq!(
            sided("destination=SHA256:1=2"),
            (Some(Side::Destination), "SHA256:1=2")
        );
        assert_eq!(sided("originale"), (None, "originale"));
    }

    fn matches(line: &[&str]) -> ArgMatches {
        let head = [
            "x",
            "new",
            "d",
            "--origin",
            "imaps://a",
            "--destination",
            "imaps://b",
        ];
        let matches = args::command()
            .try_get_matches_from(head.iter().chain(line))
            .unwrap();
        matches.subcommand().unwrap().1.clone()
    }

    #[test]
    fn a_master_has_its_side_and_separator() {
        let typed = matches(&[
            "--master-user",
            "cap=o",
            "--master-user",
            "destination=boss",
            "--master-separator",
            "destination=sasl",
        ]);
        let master = |side| endpoint(&typed, side).unwrap().master.unwrap();
        let (origin, destination) = (master(Side::Origin), master(Side::Destination));
        assert_eq!(
            (origin.user.as_str(), origin.separator.as_deref()),
            ("cap=o", Some("*"))
        );
        assert_eq!(
            (destination.user.as_str(), destination.separator),
            ("boss", None)
        );
    }

    #[test]
    fn the_options_of_a_plan_are_read() {
        let typed = matches(&[
            "--since",
            "2020-02-29",
            "--folder",
            "A=B/C",
            "--exclude-folder",
            "Spam*",
            "--mailboxes",
            "9",
            "--window",
            "22:00-06:00+weekends",
        ]);
        let mut read = Options::default();
        options(&typed, &mut read).unwrap();
        assert_eq!(read.since, Some(jiff::civil::date(2020, 2, 29)));
        assert_eq!(read.folders["A"], "B/C");
        assert_eq!(
            (read.mailboxes, read.connections),
            (9, Options::default().connections)
        );
        assert!(read.window.unwrap().weekends);
        assert!(options(&matches(&["--window", "di notte"]), &mut Options::default()).is_err());
        assert!(options(&matches(&["--since", "ieri"]), &mut Options::default()).is_err());
        assert!(options(&matches(&["--folder", "A"]), &mut Options::default()).is_err());
    }
}
