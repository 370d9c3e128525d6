//! The states that are drawn.

use std::path::PathBuf;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::account::Side;
use crate::plan::Scope;
use crate::probe::Place;
use crate::secrets::Key;
use crate::trouble::{self, Trouble};
use crate::ui::app::App;
use crate::ui::completion::samples as completed;
use crate::ui::draft::{By, Kind, Server};
use crate::ui::live::samples as live;
use crate::ui::options::tests as options;
use crate::ui::preflight::tests as preflight;
use crate::ui::recent::{Recent, State};
use crate::ui::server::samples::{self as server, How};
use crate::ui::session::Session;
use crate::ui::step::Step;
use crate::ui::users::tests as users;
use crate::ui::wizard::Wizard;

type Make = fn() -> App;

/// A state and its name, which begins with the number of its picture in the design.
const ALL: &[(&str, Make)] = &[
    ("0-start", start),
    ("0b-start-empty", start_empty),
    ("1-origin", || origin(|| Some(server::good(Side::Origin)))),
    ("1-origin-untested", || origin(|| None)),
    ("1b-origin-selfsigned", || {
        origin(|| Some(server::self_signed()))
    }),
    ("1c-origin-error", || origin(|| Some(server::refused()))),
    ("1-origin-archive", || {
        archive(Side::Origin, Some(Ok(server::folder(1, 40))))
    }),
    ("2-destination", || {
        icewarp(Some(server::icewarp(How::Good)), false)
    }),
    ("2-destination-warned", || {
        icewarp(Some(server::icewarp(How::Warned)), true)
    }),
    ("2-destination-blocked", || {
        icewarp(Some(server::icewarp(How::Blocked)), false)
    }),
    ("2-destination-untested", || icewarp(None, false)),
    ("2-destination-selfsigned", || {
        icewarp(Some(server::web_self_signed()), false)
    }),
    ("2-destination-refused", || {
        icewarp(Some(server::admin_refused()), false)
    }),
    ("2-destination-imap", destination),
    ("2b-destination-archive", || {
        archive(
            Side::Destination,
            Some(Ok(server::folder(44_000_000_000, 0))),
        )
    }),
    ("2b-destination-archive-untested", || {
        archive(Side::Destination, None)
    }),
    ("2b-destination-archive-error", || {
        archive(Side::Destination, Some(Err(server::no_folder())))
    }),
    ("3-mode", || mode(Kind::Icewarp, Scope::Accounts, |_| {})),
    ("3-mode-archive", || {
        mode(Kind::Archive, Scope::Messages, |_| {})
    }),
    ("3-mode-nobody", || {
        mode(Kind::Imap, Scope::Accounts, |_| {})
    }),
    ("3-mode-program", || {
        mode(Kind::Imap, Scope::Accounts, |wizard| {
            wizard.session.draft.maker.by = By::Program;
            wizard.session.draft.maker.program = "/opt/posta/crea account.py".into();
            wizard.session.draft.maker.arguments = "--domini \"/etc/posta/domini virtuali\"".into();
            wizard.pretend_mode(Err(Trouble::new(
                trouble::Kind::ProgramMissing,
                "crea account.py",
                "No such file or directory (os error 2)",
            )));
        })
    }),
    ("3-mode-tool", || {
        mode(Kind::Imap, Scope::Passwords, |wizard| {
            wizard.session.draft.maker.by = By::Tool;
            wizard.session.draft.maker.tool = "/opt/icewarp/tool.sh".into();
            let found = server::icewarp(How::Warned).map(|answered| answered.findings);
            wizard.pretend_mode(Ok(found.unwrap_or_default()));
        })
    }),
    ("8-complete", || completion("8-complete")),
    ("8-complete-loading", || completion("8-complete-loading")),
    ("8-complete-unfinished", || {
        completion("8-complete-unfinished")
    }),
    ("8-complete-copying", || completion("8-complete-copying")),
    ("8-last-running", || completion("8-last-running")),
    ("8-last-paused", || completion("8-last-paused")),
    ("8-verify-running", || completion("8-verify-running")),
    ("8-stop-asked", || completion("8-stop-asked")),
    ("8b-verified", || completion("8b-verified")),
    ("8b-verified-open", || completion("8b-verified-open")),
    ("8b-sampled", || completion("8b-sampled")),
    ("8b-accounts", || completion("8b-accounts")),
    ("8b-passwords", || completion("8b-passwords")),
    ("8b-passwords-some", || completion("8b-passwords-some")),
    ("8b-list", || completion("8b-list")),
    ("8b-present", || completion("8b-present")),
    ("8b-unverified", || completion("8b-unverified")),
    ("8b-stopped", || completion("8b-stopped")),
    ("8c-missing", || completion("8c-missing")),
    ("8c-failed", || completion("8c-failed")),
    ("8c-ledger", || completion("8c-ledger")),
    ("8c-ledger-all", || completion("8c-ledger-all")),
    ("8c-records", || completion("8c-records")),
    ("9-help", help),
    ("9-unlock", unlock),
];

/// All of them.
pub(super) fn all() -> Vec<(String, App)> {
    let mut all: Vec<(String, App)> = ALL
        .iter()
        .map(|(name, make)| ((*name).to_owned(), make()))
        .collect();
    for (name, state, session) in users::samples() {
        let app = App::sample_wizard(session, Step::Users, |wizard| wizard.pretend_users(state));
        all.push((format!("4-{name}"), app));
    }
    for (name, state, session) in options::samples() {
        let app = App::sample_wizard(session, Step::Options, |wizard| {
            wizard.pretend_options(state);
        });
        all.push((format!("5-{name}"), app));
    }
    for (name, state, session) in preflight::samples() {
        let app = App::sample_wizard(session, Step::Preflight, |wizard| {
            wizard.pretend_preflight(state);
        });
        all.push((format!("6-{name}"), app));
    }
    for (name, (session, live, running)) in live::samples() {
        let app = App::sample_wizard(session, Step::Live, |wizard| {
            wizard.pretend_live(live, running);
        });
        all.push((name.to_owned(), app));
    }
    all
}

fn start_empty() -> App {
    App::sample(Some(Vec::new()))
}

fn start() -> App {
    let recent = |name: &str, origin: &str, state: State, second: i64| Recent {
        dir: PathBuf::from(name),
        name: name.into(),
        origin: origin.into(),
        destination: "mail.studiolevante.example".into(),
        state,
        when: Timestamp::from_second(second).ok(),
    };
    App::sample(Some(vec![
        recent(
            "Studio Levante",
            "posta.vecchiohost.example",
            State::Interrupted { done: 12, of: 40 },
            1_763_500_000,
        ),
        recent(
            "Farmacia Sant’Anna",
            "imap.gmail.com",
            State::Draft(Step::Users),
            1_763_400_000,
        ),
        recent(
            "Nord Ricambi e Componenti Industriali di Precisione S.r.l.",
            "imaps.aruba.it",
            State::Completed {
                accounts: 62,
                missing: 0,
                proven: true,
            },
            1_762_900_000,
        ),
        recent(
            "Archivio Colombo",
            "imap.colombo.example",
            State::Completed {
                accounts: 3,
                missing: 3,
                proven: false,
            },
            1_762_100_000,
        ),
        recent(
            "Comune",
            "imap.comune.example",
            State::Copied { accounts: 7 },
            1,
        ),
        recent("Perduta", "", State::Lost(String::from("no such file")), 1),
    ]))
}

/// A draft as it may be at this stop.
pub(super) fn session(step: Step) -> Session {
    let mut session = Session::new(PathBuf::from("/nowhere"));
    let server = |host: &str| Server {
        host: host.into(),
        hint: "g.bianchi@studiolevante.example".into(),
        trial: "g.bianchi@studiolevante.example".into(),
        verified: Some(String::from("Dovecot 2.3.21")),
        ..Server::default()
    };
    session.draft.origin = server("posta.vecchiohost.example");
    session.draft.destination = server("mail.studiolevante.example");
    session.draft.reached = step;
    session
}

fn at(step: Step) -> App {
    App::sample_wizard(session(step), step, |_| {})
}

fn origin(done: fn() -> Option<server::Done>) -> App {
    let mut session = session(Step::Origin);
    session.draft.origin.verified = None;
    App::sample_wizard(session, Step::Origin, |wizard| {
        wizard.pretend_origin(done());
    })
}

fn destination() -> App {
    App::sample_wizard(session(Step::Destination), Step::Destination, |wizard| {
        wizard.pretend_destination(Some(server::good(Side::Destination)));
    })
}

/// IceWarp at the destination.
fn icewarp(done: Option<server::Web>, changed: bool) -> App {
    let mut session = session(Step::Destination);
    session.draft.destination.verified = None;
    session.draft.destination.kind = Kind::Icewarp;
    session.draft.web.host = "mail.studiolevante.example".into();
    session.draft.web.admin = "admin@studiolevante.example".into();
    session
        .keeper
        .set(Key::Provisioner, SecretString::from("una password"));
    App::sample_wizard(session, Step::Destination, |wizard| {
        if let Some(done) = done {
            let former = if changed {
                server::former()
            } else {
                Vec::new()
            };
            wizard.pretend_web(done, former);
        }
    })
}

/// An archive at one end.
fn archive(side: Side, done: Option<Result<Place, Trouble>>) -> App {
    let step = match side {
        Side::Origin => Step::Origin,
        Side::Destination => Step::Destination,
    };
    let mut session = session(step);
    let end = match side {
        Side::Origin => &mut session.draft.origin,
        Side::Destination => &mut session.draft.destination,
    };
    end.kind = Kind::Archive;
    end.verified = None;
    end.folder = "/srv/archivi/Studio Levante".into();
    App::sample_wizard(session, step, |wizard| {
        if let Some(done) = done {
            wizard.pretend_place(side, done);
        }
    })
}

fn mode(kind: Kind, scope: Scope, with: fn(&mut Wizard)) -> App {
    let mut session = session(Step::Mode);
    session.draft.destination.kind = kind;
    session.draft.destination.folder = "/srv/archivi/Studio Levante".into();
    session.draft.web.host = "mail.studiolevante.example".into();
    session.draft.web.admin = "admin@studiolevante.example".into();
    session.draft.set_scope(scope);
    App::sample_wizard(session, Step::Mode, with)
}

fn completion(name: &str) -> App {
    let (_, make) = completed::ALL.iter().find(|(own, _)| *own == name).unwrap();
    App::sample_wizard(session(Step::Completion), Step::Completion, |wizard| {
        wizard.pretend_completion(make());
    })
}

fn help() -> App {
    let mut app = at(Step::Users);
    app.pretend_help();
    app
}

fn unlock() -> App {
    App::sample_wizard(session(Step::Origin), Step::Origin, |wizard| {
        wizard.pretend_unlock();
    })
}
