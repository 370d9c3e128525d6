//! Sample migrations for tests and pictures: the studio of the design, and what was found in its mailboxes.

use std::time::Duration;

use iced::widget::{container, space};
use iced::{Element, Fill};
use secrecy::SecretString;

use crate::account::Side;
use crate::engine::survey::{AccountCheck, FolderCheck, SideCheck, Warning};
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};
use crate::ui::draft::Server;
use crate::ui::session::Session;
use crate::ui::shell::{self, Page, Pane};
use crate::ui::step::Step;
use crate::ui::survey::Survey;
use crate::ui::theme;
use crate::users::Entry;

/// A folder: name, where it goes, notes, messages.
pub type Folder<'f> = (&'f str, Option<&'f str>, &'f [&'f str], u64);

/// One side of an account as it was found.
pub fn side(folders: u64, messages: u64, octets: u64) -> SideCheck {
    SideCheck {
        software: "Dovecot".into(),
        round_trip: Duration::from_millis(20),
        capabilities: vec!["LITERAL+".into(), "UIDPLUS".into()],
        folders,
        messages,
        octets: Some(octets),
        quota: None,
        append_limit: None,
    }
}

/// An account as it was found; every message has 200 kB.
pub fn check(login: &str, folders: &[Folder<'_>]) -> AccountCheck {
    const EACH: u64 = 200_000;
    let folders: Vec<FolderCheck> = folders
        .iter()
        .map(|(origin, destination, notes, messages)| FolderCheck {
            origin: (*origin).to_owned(),
            destination: destination.map(str::to_owned),
            create: destination.is_some(),
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
            messages: *messages,
            octets: Some(messages * EACH),
        })
        .collect();
    let messages = folders.iter().map(|folder| folder.messages).sum();
    AccountCheck {
        login: login.into(),
        destination_login: login.into(),
        account: None,
        origin: Ok(side(folders.len() as u64, messages, messages * EACH)),
        destination: Ok(side(1, 0, 0)),
        folders,
        warnings: Vec::new(),
        estimate: Some(Duration::from_millis(40) * u32::try_from(messages).unwrap_or(u32::MAX)),
    }
}

/// An account that could not be opened.
pub fn refused(login: &str, side_of: Side, kind: Kind) -> AccountCheck {
    let trouble = Trouble::new(
        kind,
        login,
        "NO [AUTHENTICATIONFAILED] Authentication failed.",
    );
    let mut check = check(login, &[]);
    match side_of {
        Side::Origin => check.origin = Err(trouble),
        Side::Destination => check.destination = Err(trouble),
    }
    check.estimate = None;
    check
}

const PEOPLE: [(&str, u64); 12] = [
    ("amministrazione", 24_310),
    ("g.bianchi", 17_946),
    ("m.conti", 15_208),
    ("ordini", 21_733),
    ("c.marchetti", 9_870),
    ("s.russo", 8_654),
    ("b.ferrari", 8_112),
    ("info", 12_406),
    ("p.galli", 6_990),
    ("l.moretti", 6_318),
    ("t.esposito", 5_702),
    (
        "responsabile.approvvigionamenti.e.logistica.di.magazzino",
        5_480,
    ),
];

/// The logins of the studio.
pub fn logins(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| {
            let (name, _) = PEOPLE[at % PEOPLE.len()];
            match at / PEOPLE.len() {
                0 => format!("{name}@studiolevante.example"),
                round => format!("{name}.{round}@studiolevante.example"),
            }
        })
        .collect()
}

/// A migration of so many accounts that has come to its options, with all its passwords.
pub fn session(count: usize) -> Session {
    let mut session = Session::new(std::env::temp_dir());
    let server = |host: &str| Server {
        host: host.into(),
        verified: Some("Dovecot".into()),
        ..Server::default()
    };
    session.draft.origin = server("posta.vecchiohost.example");
    session.draft.destination = server("mail.studiolevante.example");
    session.draft.reached = Step::Preflight;
    for login in logins(count) {
        let password = SecretString::from("segreta");
        session
            .keeper
            .set(Key::login(Side::Origin, &login), password.clone());
        session
            .keeper
            .set(Key::login(Side::Destination, &login), password.clone());
        let entry = Entry {
            login: login.clone(),
            address: login,
            password: Some(password),
            ..Entry::new(&mut session.draft.ids)
        };
        session.draft.entries.push(entry);
    }
    session.draft.recheck();
    session.keeper.forgo();
    session.touch();
    session
}

/// What is found in the studio's mailboxes.
pub fn found(logins: &[String]) -> Vec<AccountCheck> {
    let each = |(at, login): (usize, &String)| {
        let messages = PEOPLE[at % PEOPLE.len()].1;
        let mut folders: Vec<Folder<'_>> = vec![
            ("INBOX", Some("INBOX"), &["role"], messages / 2),
            ("Sent", Some("INBOX.Posta inviata"), &["role"], messages / 4),
            ("Drafts", Some("INBOX.Bozze"), &["role"], 12),
            ("Trash", Some("INBOX.Cestino"), &["role"], messages / 8),
            ("Clienti", Some("INBOX.Clienti"), &[], 20),
            (
                "Clienti/Rossi & figli",
                Some("INBOX.Clienti.Rossi & figli"),
                &[],
                messages / 16,
            ),
            (
                "Clienti/Rossi & figli/2019/Contratti/Allegati firmati",
                Some("INBOX.Clienti.Rossi & figli.2019.Contratti.Allegati firmati"),
                &[],
                40,
            ),
            (
                "Fatture 10.2020",
                Some("INBOX.Fatture 10_2020"),
                &["renamed:separator"],
                31,
            ),
        ];
        if at % 2 == 0 {
            folders.push(("Archive", Some("INBOX.Archivio"), &["role"], messages / 16));
        }
        if at % 3 == 0 {
            folders.push(("Junk", Some("INBOX.Posta indesiderata"), &["role"], 120));
            folders.push((
                "Inviati vecchi",
                Some("INBOX.Inviati vecchi"),
                &["role-taken"],
                40,
            ));
        }
        check(login, &folders)
    };
    logins.iter().enumerate().map(each).collect()
}

/// The studio, looked at to the end.
pub fn looked_at(count: usize) -> Session {
    let mut session = session(count);
    Survey::pretend(&mut session, found(&logins(count)), false);
    session
}

/// The studio with everything that may be wrong in it.
pub fn troubled(count: usize) -> Session {
    let mut session = session(count);
    let logins = logins(count);
    let mut checks = found(&logins);
    checks[1] = refused(&logins[1], Side::Origin, Kind::LoginRefused);
    checks[2] = refused(&logins[2], Side::Origin, Kind::TimedOut);
    checks[4] = refused(&logins[4], Side::Destination, Kind::LoginRefused);
    checks[0].warnings = vec![
        Warning::QuotaTooSmall {
            needed: 4_800_000_000,
            free: 1_000_000_000,
        },
        Warning::NotEmpty { messages: 1_204 },
        Warning::NoUidPlus,
    ];
    checks[3].warnings = vec![
        Warning::FolderRefused {
            folder: "Clienti/Rossi & figli/2019".into(),
        },
        Warning::UnreadableFolder {
            words: "* LIST () \"/\" {12".into(),
        },
        Warning::Groupware {
            folders: vec!["Calendario".into(), "Contatti".into()],
        },
        Warning::NoUidPlus,
    ];
    checks[5].warnings = vec![Warning::HiddenFolders, Warning::NoUidPlus];
    Survey::pretend(&mut session, checks, false);
    session
}

/// Settings for a simulator: our faces.
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..iced::Settings::default()
    }
}

/// The screen as it stands in the window.
pub fn framed<'a, M: Clone + 'a>(page: Page<'a, M>, pane: Pane) -> Element<'a, M> {
    let side = if pane.narrow() { 64.0 } else { 236.0 };
    let route = container(space::horizontal())
        .width(side)
        .height(Fill)
        .style(theme::ground(|t| t.sidebar, 0.0));
    let mut page = page;
    let buttons = page.buttons.take().unwrap_or_default();
    let screen = shell::frame(route.into(), page, buttons, pane);
    container(screen)
        .style(theme::ground(|t| t.window, 0.0))
        .into()
}
