//! Accounts and folders in the journal.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{Error, Journal, now};
use crate::imap::name::FolderName;

/// Key of an account.
pub type AccountId = i64;
/// Key of an origin folder.
pub type FolderId = i64;
/// Key of a destination folder.
pub type TargetId = i64;

/// How far an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not begun.
    Waiting = 0,
    /// A pass has begun and not ended.
    Copying = 1,
    /// The last pass ended with nothing left to copy.
    Copied = 2,
    /// The completing pass has ended.
    Completed = 3,
    /// The last pass was stopped or ended with a trouble.
    Interrupted = 4,
}

impl Phase {
    pub(super) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Copying,
            2 => Self::Copied,
            3 => Self::Completed,
            4 => Self::Interrupted,
            _ => Self::Waiting,
        }
    }
}

/// An account as the journal knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its key.
    pub id: AccountId,
    /// Login at the origin.
    pub login: String,
    /// Login at the destination.
    pub destination_login: String,
    /// How far it is.
    pub phase: Phase,
    /// Kind of the trouble the last pass ended with.
    pub trouble: Option<String>,
    /// The technical line of it.
    pub detail: Option<String>,
    /// Messages the last completing pass brought.
    pub additional: Option<u64>,
    /// What the two servers said they are.
    pub software: Option<String>,
    /// Begin of the last pass, ms since 1970.
    pub started: Option<i64>,
    /// End of the last pass, ms since 1970.
    pub finished: Option<i64>,
}

/// What becomes of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FolderState {
    /// It is copied.
    Active = 0,
    /// Left out by a rule.
    Excluded = 1,
    /// Could not be listed or created.
    Failed = 2,
    /// No longer at the origin.
    Vanished = 3,
}

impl FolderState {
    pub(super) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Excluded,
            2 => Self::Failed,
            3 => Self::Vanished,
            _ => Self::Active,
        }
    }
}

/// A folder as the journal knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRow {
    /// Its key.
    pub id: FolderId,
    /// Its account.
    pub account: AccountId,
    /// Name at the origin.
    pub name: FolderName,
    /// Destination folder; `None` while excluded.
    pub target: Option<(TargetId, FolderName)>,
    /// What happened to the name, for the report.
    pub notes: String,
    /// What becomes of it.
    pub state: FolderState,
    /// Kind of trouble, or rule of exclusion.
    pub reason: Option<String>,
    /// The technical line.
    pub detail: Option<String>,
    /// UIDVALIDITY the rows stand under; 0 before the first listing.
    pub uid_validity: u32,
    /// UIDNEXT of the last complete listing: everything below it is in the journal.
    pub uid_next: u32,
    /// HIGHESTMODSEQ of the last complete listing; 0 where there is none.
    pub highest_modseq: u64,
    /// Rows of the last complete listing.
    pub listed: Option<u64>,
    /// UIDVALIDITY of the destination folder the claims stand under; 0 before the first copy.
    pub target_validity: u32,
    /// Whether the last listing was a closing one.
    pub closing: bool,
    /// The rules of exclusion it was made under; `None` before the first.
    pub rules: Option<String>,
}

/// Whether some message of the account has a copy; answered by the index of claims, however many have none.
const HAS_COPIES: &str = "EXISTS (SELECT 1 FROM target t JOIN message m ON m.target = t.id \
     WHERE t.account = account.id AND m.dst_uid IS NOT NULL)";

const FOLDER: &str = "SELECT f.id, f.account, f.name, f.target, t.name, f.notes, f.state, f.reason, f.detail, \
     f.uidv, f.uidnext, f.modseq, f.listed, coalesce(t.uidv, 0), f.closing, f.rules \
     FROM folder f LEFT JOIN target t ON t.id = f.target";

fn folder(row: &Row<'_>) -> rusqlite::Result<FolderRow> {
    let name: Vec<u8> = row.get(2)?;
    let target: Option<TargetId> = row.get(3)?;
    let target_name: Option<Vec<u8>> = row.get(4)?;
    Ok(FolderRow {
        id: row.get(0)?,
        account: row.get(1)?,
        name: FolderName::from_wire(&name),
        target: target.zip(target_name.map(|name| FolderName::from_wire(&name))),
        notes: row.get(5)?,
        state: FolderState::from_number(row.get(6)?),
        reason: row.get(7)?,
        detail: row.get(8)?,
        uid_validity: row.get(9)?,
        uid_next: row.get(10)?,
        highest_modseq: row.get::<_, i64>(11)?.unsigned_abs(),
        listed: row.get::<_, Option<i64>>(12)?.map(i64::unsigned_abs),
        target_validity: row.get(13)?,
        closing: row.get(14)?,
        rules: row.get(15)?,
    })
}

impl Journal {
    /// The account of this login, made if it is new.
    pub async fn account(
        &self,
        login: String,
        destination_login: String,
    ) -> Result<AccountId, Error> {
        self.call(move |db| {
            // Where copies went stays known: see `copied_to`.
            let text = format!(
                "INSERT INTO account (login, destination_login) VALUES (?1, ?2) ON CONFLICT (login) \
                 DO UPDATE SET destination_login = excluded.destination_login WHERE NOT {HAS_COPIES}"
            );
            let _ = db
                .prepare_cached(&text)?
                .execute(params![login, destination_login])?;
            db.query_row("SELECT id FROM account WHERE login = ?1", [login], |row| row.get(0))
        })
        .await
    }

    /// All accounts, in the order they were first seen.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>, Error> {
        self.call(|db| {
            db.prepare(
                "SELECT id, login, destination_login, phase, trouble, detail, additional, software, t_started, \
                 t_finished FROM account ORDER BY id",
            )?
            .query_map([], |row| {
                Ok(AccountRow {
                    id: row.get(0)?,
                    login: row.get(1)?,
                    destination_login: row.get(2)?,
                    phase: Phase::from_number(row.get(3)?),
                    trouble: row.get(4)?,
                    detail: row.get(5)?,
                    additional: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
                    software: row.get(7)?,
                    started: row.get(8)?,
                    finished: row.get(9)?,
                })
            })?
            .collect()
        })
        .await
    }

    /// A pass over the account begins.
    pub async fn begin(&self, account: AccountId) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE account SET phase = 1, trouble = NULL, detail = NULL, passes = passes + 1, t_started = ?2, \
                 t_finished = NULL WHERE id = ?1",
                params![account, now()],
            )?;
            Ok(())
        })
        .await
    }

    /// A pass over the account ends; with its trouble, if it ended with one.
    pub async fn end(
        &self,
        account: AccountId,
        phase: Phase,
        trouble: Option<(String, String)>,
        additional: Option<u64>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let (kind, detail) = trouble.unzip();
            let additional = additional.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
            let _ = db.execute(
                "UPDATE account SET phase = ?2, trouble = ?3, detail = ?4, t_finished = ?5, \
                 additional = coalesce(?6, additional) WHERE id = ?1",
                params![account, phase as i64, kind, detail, now(), additional],
            )?;
            Ok(())
        })
        .await
    }

    /// What the two servers said they are.
    pub async fn servers(&self, account: AccountId, software: String) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE account SET software = ?2 WHERE id = ?1",
                params![account, software],
            )?;
            Ok(())
        })
        .await
    }

    /// The folders of an account, in the order they were first seen.
    pub async fn folders(&self, account: AccountId) -> Result<Vec<FolderRow>, Error> {
        self.call(move |db| {
            db.prepare(&format!("{FOLDER} WHERE f.account = ?1 ORDER BY f.id"))?
                .query_map([account], folder)?
                .collect()
        })
        .await
    }

    /// One folder.
    pub async fn folder(&self, id: FolderId) -> Result<FolderRow, Error> {
        self.call(move |db| db.query_row(&format!("{FOLDER} WHERE f.id = ?1"), [id], folder))
            .await
    }

    /// Records a folder and where it goes, or that it is left out (`target` none, `reason` the rule).
    pub async fn place(
        &self,
        account: AccountId,
        name: FolderName,
        target: Option<FolderName>,
        notes: String,
        reason: Option<String>,
    ) -> Result<FolderId, Error> {
        self.call(move |db| {
            let target_id = target.as_ref().map(|target| target_of(db, account, target)).transpose()?;
            let state = if target.is_some() { FolderState::Active } else { FolderState::Excluded };
            let _ = db.execute(
                "INSERT INTO folder (account, name, target, shown, shown_target, notes, state, reason) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (account, name) DO UPDATE SET \
                 target = excluded.target, shown_target = excluded.shown_target, notes = excluded.notes, \
                 state = excluded.state, reason = excluded.reason, detail = NULL",
                params![
                    account,
                    name.wire(),
                    target_id,
                    name.text(),
                    target.as_ref().map(FolderName::text),
                    notes,
                    state as i64,
                    reason
                ],
            )?;
            db.query_row(
                "SELECT id FROM folder WHERE account = ?1 AND name = ?2",
                params![account, name.wire()],
                |row| row.get(0),
            )
        })
        .await
    }

    /// A folder could not be worked on, or is no longer there; or is in order again.
    pub async fn folder_state(
        &self,
        id: FolderId,
        state: FolderState,
        reason: Option<String>,
        detail: Option<String>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE folder SET state = ?2, reason = ?3, detail = ?4 WHERE id = ?1",
                params![id, state as i64, reason, detail],
            )?;
            Ok(())
        })
        .await
    }

    /// The folder's messages stand under this UIDVALIDITY from now on.
    pub async fn origin_validity(&self, id: FolderId, uid_validity: u32) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE folder SET uidv = ?2, uidnext = 0, modseq = 0, listed = NULL WHERE id = ?1 AND uidv <> ?2",
                params![id, uid_validity],
            )?;
            Ok(())
        })
        .await
    }

    /// The copies in this destination folder stand under this UIDVALIDITY from now on; claims under another
    /// lose their UIDs and are looked for again.
    pub async fn target_validity(&self, target: TargetId, uid_validity: u32) -> Result<u64, Error> {
        self.call(move |db| {
            let freed = db.execute(
                "UPDATE message SET dst_uid = NULL, dst_uidv = NULL, dst_next = 1, class = NULL, state = 1 \
                 WHERE target = ?1 AND dst_uid IS NOT NULL AND dst_uidv <> ?2",
                params![target, uid_validity],
            )?;
            // What was on its way has no UID yet; the old bound says nothing about the new numbering.
            let _ = db.execute(
                "UPDATE message SET dst_next = 1, dst_uidv = NULL WHERE target = ?1 AND dst_uid IS NULL \
                 AND state IN (1, 2) AND EXISTS (SELECT 1 FROM target WHERE id = ?1 AND uidv NOT IN (0, ?2))",
                params![target, uid_validity],
            )?;
            let _ = db.execute("UPDATE target SET uidv = ?2 WHERE id = ?1", params![target, uid_validity])?;
            Ok(freed as u64)
        })
        .await
    }

    /// A listing was complete: everything below `uid_next` is in the journal. Its flags are not brought over yet.
    pub async fn listing_done(
        &self,
        id: FolderId,
        uid_next: u32,
        listed: u64,
        closing: bool,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE folder SET uidnext = ?2, modseq = 0, listed = ?3, t_listing = ?4, closing = ?5, state = 0, \
                 reason = NULL, detail = NULL WHERE id = ?1",
                params![
                    id,
                    uid_next,
                    i64::try_from(listed).unwrap_or(i64::MAX),
                    now(),
                    closing
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// The rules of exclusion the last complete listing was made under.
    pub async fn listed_under(&self, id: FolderId, rules: String) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE folder SET rules = ?2 WHERE id = ?1",
                params![id, rules],
            )?;
            Ok(())
        })
        .await
    }

    /// All changes of flags up to this HIGHESTMODSEQ are brought over.
    pub async fn flags_done(&self, id: FolderId, highest_modseq: u64) -> Result<(), Error> {
        self.call(move |db| {
            let modseq = i64::try_from(highest_modseq).unwrap_or(0);
            let _ = db.execute(
                "UPDATE folder SET modseq = ?2 WHERE id = ?1",
                params![id, modseq],
            )?;
            Ok(())
        })
        .await
    }

    /// UIDs were given out anew under the same UIDVALIDITY (a server restored from a backup): no row can be trusted to
    /// stand for the message that has its UID now. All are kept as an earlier numbering, to be matched by content.
    pub async fn park(&self, id: FolderId, uidv: u32) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE OR REPLACE message SET uidv = 4294967295 WHERE folder = ?1 AND uidv = ?2",
                params![id, uidv],
            )?;
            let _ = db.execute(
                "UPDATE folder SET uidnext = 0, modseq = 0, listed = NULL WHERE id = ?1",
                [id],
            )?;
            Ok(())
        })
        .await
    }

    /// The login at the destination into which messages of this account were copied, if any were.
    pub async fn copied_to(&self, login: String) -> Result<Option<String>, Error> {
        self.call(move |db| {
            let text =
                format!("SELECT destination_login FROM account WHERE login = ?1 AND {HAS_COPIES}");
            db.query_row(&text, [login], |row| row.get(0)).optional()
        })
        .await
    }

    /// A fact about the whole migration.
    pub async fn remember(&self, key: &'static str, value: String) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                params![key, value],
            )?;
            Ok(())
        })
        .await
    }

    /// How an account was verified last (one JSON object per login, all under the key `verification`).
    pub async fn remember_verification(&self, login: String, entry: String) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "INSERT INTO meta (key, value) VALUES ('verification', json_object(?1, json(?2))) \
                 ON CONFLICT (key) DO UPDATE SET value = json_patch(value, excluded.value)",
                params![login, entry],
            )?;
            Ok(())
        })
        .await
    }

    /// A fact remembered earlier.
    pub async fn recall(&self, key: &'static str) -> Result<Option<String>, Error> {
        self.call(move |db| {
            db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
        })
        .await
    }

    /// Adds a line to what happened.
    pub async fn event(
        &self,
        kind: &'static str,
        subject: String,
        detail: String,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db
                .prepare_cached("INSERT INTO event (t, actor, kind, subject, detail) VALUES (?1, 'engine', ?2, ?3, ?4)")?
                .execute(params![now(), kind, subject, detail])?;
            Ok(())
        })
        .await
    }
}

fn target_of(db: &Connection, account: AccountId, name: &FolderName) -> rusqlite::Result<TargetId> {
    let _ = db.execute(
        "INSERT INTO target (account, name) VALUES (?1, ?2) ON CONFLICT (account, name) DO NOTHING",
        params![account, name.wire()],
    )?;
    db.query_row(
        "SELECT id FROM target WHERE account = ?1 AND name = ?2",
        params![account, name.wire()],
        |row| row.get(0),
    )
}
