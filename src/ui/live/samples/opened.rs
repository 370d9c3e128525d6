//! States with something opened: an account, the log, the figures.

use super::super::panel::{Facts, Folder, Panel, icon};
use super::super::{Tab, words};
use super::{DOMAIN, Sample, preparing, running};
use crate::journal::{FolderState, Reason, Setup, SetupRow, State as Stands};
use crate::log::tail::{Level, Line};
use crate::provision::{Difference, Part};

pub(super) fn account() -> Sample {
    let (mut session, mut state, running) = running();
    session.draft.options.max_size = Some(50_000_000);
    let mut panel = Panel::open(format!("g.bianchi{DOMAIN}"));
    let folder = |name: &str, done: u64, of: u64, exceptions: u64| Folder {
        name: words::folder(name),
        icon: icon(name),
        done,
        of: Some(of),
        exceptions,
        state: FolderState::Active,
        reason: None,
    };
    panel.pretend(Facts {
        folders: vec![
            folder("INBOX", 5_204, 5_204, 0),
            folder("Posta inviata", 3_918, 3_918, 0),
            folder("Bozze", 12, 12, 0),
            folder("Archivio/2020", 1_871, 1_873, 2),
            folder("Archivio/2021", 1_198, 2_640, 0),
            folder("Archivio/2022", 0, 2_902, 0),
            Folder {
                state: FolderState::Excluded,
                of: None,
                ..folder("Posta indesiderata", 0, 0, 0)
            },
            Folder {
                state: FolderState::Failed,
                reason: Some(String::from("folder-name")),
                ..folder(
                    "Progetti/Clienti esteri/2019/Corrispondenza/Da archiviare",
                    0,
                    0,
                    0,
                )
            },
            folder("Cestino", 0, 1_395, 0),
        ],
        reasons: vec![
            (String::from("content-refused"), 1),
            (String::from("too-large"), 1),
        ],
        saved: 2,
        excluded: 0,
        setup: None,
    });
    state.panel = Some(panel);
    (session, state, running)
}

pub(super) fn failed_account() -> Sample {
    let (session, mut state, running) = account();
    if let Some(panel) = &mut state.panel {
        let facts = Facts {
            excluded: 3,
            ..Facts::default()
        };
        panel.turn_to(format!("t.esposito{DOMAIN}"));
        panel.pretend(facts);
    }
    (session, state, running)
}

/// An account that was there before and differs, held while it is copied.
pub(super) fn prepared_account() -> Sample {
    let (session, mut state, running) = account();
    if let Some(panel) = &mut state.panel {
        let mut facts = panel.facts().cloned().unwrap_or_default();
        let differences = [Difference {
            what: Part::Alias,
            wanted: format!("giulia.bianchi{DOMAIN}"),
            found: String::new(),
        }];
        facts.setup = Some(SetupRow {
            account: 7,
            state: Setup::Existed,
            differences: serde_json::to_string(&differences).unwrap_or_default(),
            trouble: None,
            detail: None,
            password: false,
            held: Some(String::from("0")),
            at: 0,
        });
        panel.pretend(facts);
    }
    (session, state, running)
}

pub(in super::super) fn lines() -> Vec<Line> {
    let line = |worker: u32, time: &str, level: Level, message: &str| {
        let word = match level {
            Level::Info => "",
            Level::Warn => "WARN ",
            Level::Error => "ERROR ",
        };
        Line {
            text: format!("[{worker:08X}] Tue, 18 Nov 2025 {time} +0100 {word}{message}").into(),
            level,
            worker,
            account: Some(format!("g.bianchi{DOMAIN}").into()),
        }
    };
    let info = Level::Info;
    let mut lines: Vec<Line> = (0..9)
        .map(|index| {
            let message = format!("Messages for 'ufficio{index}{DOMAIN}' migrated, 8112 messages");
            line(0x0D40 + index, "22:30:00", info, &message)
        })
        .collect();
    lines.extend([
        line(0x0834, "22:31:52", info, "Migrating 'g.bianchi@studiolevante.example'..."),
        line(0x16A4, "22:32:16", info, "Checking 'm.conti@studiolevante.example' on the remote server 'posta.vecchiohost.example:993'..."),
        line(0x16A4, "22:32:16", info, "Account already being migrated"),
        line(0x1390, "22:33:04", Level::Warn, "Folder 'Archive/2020' of 'g.bianchi@studiolevante.example': message UID 4821 is 61.2 MB, destination limit is 50 MB, skipped"),
        line(0x0B1C, "22:33:41", Level::Error, "Login failed for 't.esposito@studiolevante.example': NO [AUTHENTICATIONFAILED] Authentication failed"),
        line(0x0D58, "22:34:01", Level::Warn, "'paolo@dominioesterno.example' not found on the remote server"),
        line(0x0834, "22:34:12", info, "Folder 'Archive/2021' of 'g.bianchi@studiolevante.example': 1198 of 2640 messages copied"),
    ]);
    lines
}

pub(in super::super) fn log() -> Sample {
    let (session, mut state, running) = running();
    state.tab = Tab::Log;
    state.log.pretend(
        lines(),
        "/home/consulente/Traghetto/Studio Levante/log/traghetto.2025-11-18.log",
        1_900_000,
    );
    (session, state, running)
}

pub(super) fn empty_log() -> Sample {
    let (session, mut state, running) = running();
    state.tab = Tab::Log;
    (session, state, running)
}

pub(super) fn statistics() -> Sample {
    let (mut session, mut state, running) = running();
    session.draft.options.max_size = Some(50_000_000);
    state.tab = Tab::Statistics;
    let reason = |state, code: &str, messages| Reason {
        state,
        code: code.into(),
        messages,
        approved: 0,
    };
    let reasons = vec![
        reason(Stands::Excluded, "max-size", 3),
        reason(Stands::Exception, "connection-lost", 2),
        reason(Stands::Exception, "content-refused", 2),
    ];
    state.stats.pretend(reasons);
    (session, state, running)
}

pub(super) fn empty_statistics() -> Sample {
    let (session, mut state, running) = preparing();
    state.tab = Tab::Statistics;
    (session, state, running)
}
