//! The states of the stop, to be looked at (`ui::pictures`).

use super::aliases::{candidate, proposal};
use super::*;
use crate::aliases::{Proposal, Reason, Verdict};
use crate::plan::{AliasMode, Scope};
use crate::ui::users::aliases::Say as Ask;
use crate::ui::users::groups::{Say, Which};
use crate::users::{Mapping, Merged};

/// The stop in each of its states.
pub(in crate::ui) fn samples() -> Vec<(&'static str, State, Session)> {
    let named = |name, (state, session): (State, Session)| (name, state, session);
    let mut all = vec![named("empty", entered(session()))];
    all.push(named("list", studio()));
    let mut over = entered(session());
    over.0.over = Some(Over::Good);
    all.push(named("hover", over));
    let mut over = entered(session());
    over.0.over = Some(Over::WrongType);
    all.push(named("hover-wrong", over));
    let mut over = studio();
    over.0.over = Some(Over::Good);
    all.push(named("list-hover", over));
    let mut failed = entered(session());
    failed.0.said = Some(unreadable());
    all.push(named("empty-failed", failed));
    let mut failed = studio();
    failed.0.said = Some(unreadable());
    all.push(named("list-failed", failed));
    let (mut state, mut session) = studio();
    let id = session.draft.entries[4].id;
    let _ = state.update(&mut session, Message::Edit(id, Part::Address));
    all.push(("editing", state, session));
    let (mut state, mut session) = studio();
    let _ = state.update(&mut session, Message::Add);
    state.said = Some(Said::Imported {
        file: String::from("elenco-utenti.csv"),
        merged: Merged {
            new: 40,
            changed: 2,
            same: 1,
        },
    });
    all.push(("adding", state, session));
    let (mut state, mut session) = studio();
    let id = session.draft.entries[7].id;
    let _ = state.update(&mut session, Message::Remove(id));
    let _ = state.update(&mut session, Message::Chosen(None));
    all.push(("removed", state, session));
    let (mut state, mut session) = studio();
    state.query = String::from("zzz");
    state.refresh(&mut session);
    all.push(("none-found", state, session));
    all.push(named("locked", locked()));
    all.push(named("long", long()));
    let (mut state, session) = entered(self::session());
    state.panel = Some(panel());
    all.push(("columns", state, session));
    all.extend(of_groups());
    all.extend(of_aliases());
    all
}

fn of_groups() -> Vec<(&'static str, State, Session)> {
    let mut all = Vec::new();
    let (state, session) = grouped();
    all.push(("groups", state, session));
    let (mut state, mut session) = grouped();
    let evening = Which::Of(String::from("lunedì amministrazione"));
    let _ = state.update(&mut session, Message::Groups(Say::See(evening)));
    let id = session.draft.entries[0].id;
    let _ = state.update(&mut session, Message::Edit(id, Part::Group));
    all.push(("groups-one", state, session));
    let (mut state, mut session) = grouped();
    let _ = state.update(&mut session, Message::Groups(Say::Ask));
    all.push(("groups-assign", state, session));
    all
}

/// The list of the design, in three groups; some have aliases.
fn grouped() -> (State, Session) {
    let (mut state, mut session) = studio();
    session.draft.scope = Scope::Accounts;
    for (at, entry) in session.draft.entries.iter_mut().enumerate() {
        entry.group = match at {
            0..6 => "lunedì amministrazione",
            6..20 => "martedì",
            20..38 => "mercoledì commerciale e magazzino",
            _ => "",
        }
        .to_owned();
    }
    let entries = &mut session.draft.entries;
    entries[0].name = String::from("Amministrazione Studio Levante");
    entries[0].aliases = vec![String::from("fatture"), String::from("contabilita")];
    entries[1].aliases = vec![String::from("barbara.ferrari")];
    state.changed(&mut session);
    state.said = Some(Said::Aliases(3));
    (state, session)
}

fn of_aliases() -> Vec<(&'static str, State, Session)> {
    let mut all = Vec::new();
    let open = |mode| {
        let (mut state, mut session) = studio();
        session.draft.scope = Scope::Accounts;
        session.draft.aliases.mode = mode;
        let _ = state.update(&mut session, Message::Aliases(Ask::Open));
        (state, session)
    };
    let (state, session) = open(AliasMode::Username);
    all.push(("aliases", state, session));
    let (mut state, mut session) = open(AliasMode::Extended);
    let wrong = Ask::Domains(String::from("levante.example, vecchio nome@"));
    let _ = state.update(&mut session, Message::Aliases(wrong));
    all.push(("aliases-extended", state, session));
    let (mut state, session) = open(AliasMode::Extended);
    state.aliases.pretend_reading(12, 37);
    all.push(("aliases-reading", state, session));
    let (mut state, session) = open(AliasMode::Extended);
    let (found, failed) = found();
    state.aliases.pretend(&session, found, &failed);
    all.push(("aliases-found", state, session));
    let (mut state, session) = open(AliasMode::Standard);
    let none = |login| proposal(login, Vec::new());
    let found = vec![none("amministrazione"), none("b.ferrari")];
    state.aliases.pretend(&session, found, &[]);
    all.push(("aliases-none", state, session));
    all
}

/// All that can be found.
#[allow(clippy::type_complexity, reason = "for one picture")]
fn found() -> (Vec<Proposal>, Vec<(String, Result<Proposal, Trouble>)>) {
    let good = || Verdict::Suggested;
    let long = "maria.antonietta.montecuccoli.dellarovere.amministrazione";
    let mut any = proposal(
        "b.ferrari",
        vec![
            candidate("barbara.ferrari", [120, 110, 14, 12, 3], Verdict::Accepted),
            candidate("ordini", [0, 0, 0, 31, 3], good()),
            candidate(
                "postmaster",
                [0, 0, 0, 2, 0],
                Verdict::Refused(Reason::Role),
            ),
        ],
    );
    any.catch_all = true;
    let mut list = candidate("tutti", [0, 0, 0, 0, 88], good());
    list.list = true;
    let mut claimed = candidate("vendite", [0, 0, 0, 12, 40], good());
    claimed.verdict = good();
    let found = vec![
        proposal(
            "amministrazione",
            vec![
                candidate("fatture", [1_240, 1_238, 86, 900, 12], good()),
                candidate(long, [3, 0, 0, 0, 0], good()),
                claimed.clone(),
                candidate("f.deluca", [9, 0, 0, 0, 0], good()),
                list,
            ],
        ),
        any,
        proposal("c.marchetti", vec![claimed]),
        proposal("f.deluca", vec![]),
    ];
    let trouble = Trouble::new(Kind::LoginRefused, "info", "NO");
    (found, vec![(String::from("info"), Err(trouble))])
}

fn unreadable() -> Said {
    Said::Unreadable {
        file: String::from("elenco utenti 2025.xlsx"),
        why: Unreadable::NotAList(crate::users::sheet::Error::Encrypted),
    }
}

fn panel() -> Panel {
    let text = "Nome;Chiave;Posta;Sede\nAnna Bianchi;segreta1;anna@studiolevante.example;Bari\n\
                Bruno Verdi;segreta2;bruno@studiolevante.example;Lecce\n\
                Carla Neri;segreta3;carla@studiolevante.example;Bari\n";
    let table = crate::users::read(text.as_bytes(), "elenco.csv").unwrap();
    let mapping = crate::users::guess(&table);
    let mapping = Mapping {
        sure: false,
        ..mapping
    };
    Panel::new(Read {
        file: String::from("elenco.csv"),
        table: std::sync::Arc::new(table),
        mapping,
    })
}

/// The list of the design.
fn studio() -> (State, Session) {
    let mut session = session();
    let rows = [
        ("amministrazione", "amministrazione@", "x"),
        ("b.ferrari", "b.ferrari@", "x"),
        ("c.marchetti", "c.marchetti@", "x"),
        ("d.rinaldi", "d.rinaldi@", ""),
        ("e.colombo", "e.colombo@studiolevante,example", "x"),
        ("f.deluca", "f.deluca@", "x"),
        ("g.bianchi", "g.bianchi@", "x"),
        ("gbianchi", "g.bianchi@", "x"),
        ("info", "info@", "x"),
    ];
    let mut whole = |login: &str, address: &str, password: &str| {
        let domain = if address.ends_with('@') { DOMAIN } else { "" };
        add(&mut session, login, &format!("{address}{domain}"), password);
    };
    for (login, address, password) in rows {
        whole(login, address, password);
    }
    for number in 10..=41 {
        whole(
            &format!("m.utente{number}"),
            &format!("m.utente{number}@"),
            "x",
        );
    }
    session.draft.list = Some(format!(
        "elenco-utenti.csv, {}",
        jiff::ZonedDateTime::now().strftime("%Y-%m-%d 10:02")
    ));
    let (mut state, mut session) = entered(session);
    let good = |messages| Proof::Good {
        messages: Some(messages),
    };
    for (at, proof) in [
        (0, good(24_310)),
        (1, good(8_112)),
        (2, Proof::Checking),
        (5, Proof::Waiting),
        (6, good(17_946)),
        (8, refused(Side::Origin)),
    ] {
        state.proofs.pretend(&session, at, proof);
    }
    for at in 10..28 {
        state.proofs.pretend(&session, at, good(1_234));
    }
    let trouble = Trouble::new(Kind::TimedOut, "m.utente10", "no answer within 30 s");
    let side = Side::Destination;
    state
        .proofs
        .pretend(&session, 9, Proof::Failed { side, trouble });
    state.refresh(&mut session);
    (state, session)
}

fn locked() -> (State, Session) {
    let (mut state, mut session) = three();
    for entry in &mut session.draft.entries {
        entry.password = None;
    }
    state.sealed = true;
    session.draft.recheck();
    state.refresh(&mut session);
    (state, session)
}

/// The longest realistic data.
fn long() -> (State, Session) {
    let mut session = session();
    let name = "maria.antonietta.montecuccoli.dellarovere.amministrazione";
    for number in 0..1_200 {
        let login = format!("{name}{number}");
        let address = format!("{login}@studiolevante.example");
        add(&mut session, &login, &address, "x");
    }
    let flawed = format!("{name}@studio.levante,example");
    session.draft.entries[3].address = flawed;
    session.draft.list = Some(String::from(
        "elenco completo degli utenti della sede centrale.xlsx, 2025-01-18 10:02",
    ));
    let (mut state, mut session) = entered(session);
    state.order.press(By::Number);
    let kinds = [
        Kind::ProviderGate,
        Kind::CertificateUnknownIssuer,
        Kind::LoginSuspended,
        Kind::LoginRefused,
    ];
    for (at, kind) in [4, 5, 6, 7].into_iter().zip(kinds) {
        let trouble = Trouble::new(kind, "x", "NO [ALERT] words of the server");
        let side = Side::Destination;
        state
            .proofs
            .pretend(&session, at, Proof::Failed { side, trouble });
    }
    state.refresh(&mut session);
    (state, session)
}
