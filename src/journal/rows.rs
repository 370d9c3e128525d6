//! Messages in the journal: one row each, from `planned` to its final state.

use rusqlite::{Connection, ErrorCode, params};

use super::{Change, Error, FolderId, Journal, State, TargetId, now};

/// A row of the origin's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// UID.
    pub uid: u32,
    /// RFC822.SIZE.
    pub claimed: u64,
    /// INTERNALDATE as sent.
    pub date: Option<String>,
    /// Flags, sorted, joined by a space.
    pub flags: String,
    /// The rule that leaves it out, if one does.
    pub excluded: Option<&'static str>,
}

/// A message that waits to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// UID at the origin.
    pub uid: u32,
    /// RFC822.SIZE.
    pub claimed: u64,
    /// Times it was tried before.
    pub attempts: u32,
}

/// What is written before a message leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// UID at the origin.
    pub uid: u32,
    /// Octets counted.
    pub size: u64,
    /// Digest of the octets.
    pub sha256: [u8; 32],
    /// Digest after normalisation, where it differs.
    pub norm: Option<[u8; 32]>,
    /// The date sent with it.
    pub date: Option<String>,
    /// Flags at the origin as they were read with the body, sorted, joined by a space.
    pub flags: String,
    /// Metadata that cannot come along, for the report.
    pub lost: Option<String>,
}

/// A confirmed copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acked {
    /// UID at the origin.
    pub uid: u32,
    /// UID at the destination, where the server told it.
    pub copy: Option<u32>,
}

/// A message that could not be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// UID at the origin.
    pub uid: u32,
    /// Kind of trouble.
    pub code: String,
    /// The server's words.
    pub words: String,
    /// Where the message was saved, below the migration folder.
    pub eml: Option<String>,
}

impl Journal {
    /// Enters rows of a listing; those known already stay as they are. Answers how many were new, and the
    /// changes of flags among those that have a copy.
    pub async fn list(
        &self,
        folder: FolderId,
        uidv: u32,
        rows: Vec<Listed>,
    ) -> Result<(u64, Vec<Change>), Error> {
        self.call(move |db| {
            let mut insert = db.prepare_cached(
                "INSERT INTO message (folder, uidv, uid, state, claimed, date, flags, code, t_planned) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            )?;
            let mut known = db.prepare_cached(
                "SELECT flags, dst_uid, absent FROM message WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            let mut reopen = db.prepare_cached(
                "UPDATE message SET state = 0, code = NULL WHERE folder = ?1 AND uidv = ?2 AND uid = ?3 \
                 AND state IN (?4, ?5) AND dst_uid IS NULL",
            )?;
            let mut exclude = db.prepare_cached(
                "UPDATE message SET state = 7, code = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3 \
                 AND state IN (0, 7) AND dst_uid IS NULL",
            )?;
            let (mut new, mut changes, time) = (0, Vec::new(), now());
            for row in rows {
                let state = if row.excluded.is_some() { State::Excluded } else { State::Planned };
                let inserted = insert.execute(params![
                    folder,
                    uidv,
                    row.uid,
                    state.number(),
                    i64::try_from(row.claimed).unwrap_or(i64::MAX),
                    row.date,
                    row.flags,
                    row.excluded,
                    time
                ])?;
                if inserted > 0 {
                    new += 1;
                    continue;
                }
                let (before, copy, absent): (String, Option<u32>, bool) = known
                    .query_row(params![folder, uidv, row.uid], |known| {
                        Ok((known.get(0)?, known.get(1)?, known.get(2)?))
                    })?;
                // A listing proves that it is there; a rule that no longer leaves it out lets it come along.
                let back = if row.excluded.is_none() { State::Excluded } else { State::Gone };
                let _ = reopen.execute(params![
                    folder,
                    uidv,
                    row.uid,
                    State::Gone.number(),
                    back.number()
                ])?;
                // And a rule that does now holds for what has not been copied yet.
                if row.excluded.is_some() {
                    let _ = exclude.execute(params![folder, uidv, row.uid, row.excluded])?;
                }
                if absent {
                    let _ = db.execute(
                        "UPDATE message SET absent = 0 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                        params![folder, uidv, row.uid],
                    )?;
                }
                if let Some(copy) = copy
                    && before != row.flags
                {
                    changes.push(Change {
                        uid: row.uid,
                        copy,
                        before,
                        after: row.flags,
                    });
                }
            }
            Ok((new, changes))
        })
        .await
    }

    /// Compares the UIDs of a complete listing (sorted) with the rows, both ways: marks rows the origin no
    /// longer has, unmarks those it has again; answers how many UIDs had no row.
    pub async fn present(&self, folder: FolderId, uidv: u32, uids: Vec<u32>) -> Result<u64, Error> {
        self.call(move |db| {
            let (mut gone, mut back, mut met) = (Vec::new(), Vec::new(), 0_u64);
            {
                let mut rows = db.prepare_cached(
                    "SELECT uid, absent FROM message WHERE folder = ?1 AND uidv = ?2",
                )?;
                let mut rows = rows.query(params![folder, uidv])?;
                while let Some(row) = rows.next()? {
                    let (uid, absent): (u32, bool) = (row.get(0)?, row.get(1)?);
                    let there = uids.binary_search(&uid).is_ok();
                    met += u64::from(there);
                    if there && absent {
                        back.push(uid);
                    } else if !there && !absent {
                        gone.push(uid);
                    }
                }
            }
            let mut mark = db.prepare_cached(
                "UPDATE message SET absent = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            for (list, absent) in [(gone, true), (back, false)] {
                for uid in list {
                    let _ = mark.execute(params![folder, uidv, uid, absent])?;
                }
            }
            Ok((uids.len() as u64).saturating_sub(met))
        })
        .await
    }

    /// The next messages to copy after this UID, in the order of the folder.
    pub async fn planned(
        &self,
        folder: FolderId,
        uidv: u32,
        after: u32,
        most: u32,
    ) -> Result<Vec<Planned>, Error> {
        self.call(move |db| {
            db.prepare_cached(
                "SELECT uid, claimed, attempts FROM message WHERE folder = ?1 AND uidv = ?2 AND uid > ?3 \
                 AND state = 0 AND absent = 0 ORDER BY uid LIMIT ?4",
            )?
            .query_map(params![folder, uidv, after, most], |row| {
                Ok(Planned {
                    uid: row.get(0)?,
                    claimed: row.get::<_, i64>(1)?.unsigned_abs(),
                    attempts: row.get(2)?,
                })
            })?
            .collect()
        })
        .await
    }

    /// Makes the exceptions of a folder planned again: each pass tries them once more.
    pub async fn retry_exceptions(&self, folder: FolderId, uidv: u32) -> Result<u64, Error> {
        self.call(move |db| {
            let count = db.execute(
                "UPDATE message SET state = 0, code = NULL, words = NULL WHERE folder = ?1 AND uidv = ?2 \
                 AND state = 8 AND dst_uid IS NULL AND code <> 'copy-missing'",
                params![folder, uidv],
            )?;
            Ok(count as u64)
        })
        .await
    }

    /// Before the octets leave: these messages are on their way into that folder, whose next UID is at least
    /// `dst_next`.
    pub async fn intend(
        &self,
        folder: FolderId,
        uidv: u32,
        target: TargetId,
        dst_next: u32,
        intents: Vec<Intent>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET state = 1, size = ?4, sha256 = ?5, norm = ?6, date = ?7, flags = ?8, lost = ?9, \
                 target = ?10, dst_next = ?11, attempts = attempts + 1, t_inflight = ?12, code = NULL, words = NULL \
                 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            let time = now();
            for intent in intents {
                let _ = update.execute(params![
                    folder,
                    uidv,
                    intent.uid,
                    i64::try_from(intent.size).unwrap_or(i64::MAX),
                    intent.sha256,
                    intent.norm,
                    intent.date,
                    intent.flags,
                    intent.lost,
                    target,
                    dst_next,
                    time
                ])?;
            }
            Ok(())
        })
        .await
    }

    /// The destination confirmed these. A UID that another message claims already is not believed.
    pub async fn acked(
        &self,
        folder: FolderId,
        uidv: u32,
        dst_uidv: u32,
        acked: Vec<Acked>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            for ack in acked {
                settle(db, folder, uidv, dst_uidv, ack, State::Acked)?;
            }
            Ok(())
        })
        .await
    }

    /// Equal messages were found at the destination for these: they are their copies. Answers those whose copy
    /// another message claims already.
    pub async fn adopted(
        &self,
        folder: FolderId,
        uidv: u32,
        target: TargetId,
        dst_uidv: u32,
        adopted: Vec<Acked>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            for ack in adopted {
                let _ = db
                    .prepare_cached("UPDATE message SET target = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3")?
                    .execute(params![folder, uidv, ack.uid, target])?;
                settle(db, folder, uidv, dst_uidv, ack, State::Adopted)?;
            }
            Ok(())
        })
        .await
    }

    /// These were not found at the destination: they are to be copied again.
    pub async fn replan(&self, folder: FolderId, uidv: u32, uids: Vec<u32>) -> Result<(), Error> {
        self.set_state(folder, uidv, uids, State::Planned).await
    }

    /// The connection over which these were leaving ended now.
    pub async fn left_now(&self, folder: FolderId, uidv: u32, uids: Vec<u32>) -> Result<(), Error> {
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET t_inflight = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3 AND state = 1",
            )?;
            for uid in uids {
                let _ = update.execute(params![folder, uidv, uid, now()])?;
            }
            Ok(())
        })
        .await
    }

    /// The origin answered that these are no longer there.
    pub async fn gone(&self, folder: FolderId, uidv: u32, uids: Vec<u32>) -> Result<(), Error> {
        self.set_state(folder, uidv, uids, State::Gone).await
    }

    async fn set_state(
        &self,
        folder: FolderId,
        uidv: u32,
        uids: Vec<u32>,
        state: State,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET state = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            for uid in uids {
                let _ = update.execute(params![folder, uidv, uid, state.number()])?;
            }
            Ok(())
        })
        .await
    }

    /// A rule leaves this message out after all (its size was found only on reading).
    pub async fn exclude(
        &self,
        folder: FolderId,
        uidv: u32,
        uid: u32,
        rule: &'static str,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE message SET state = 7, code = ?4 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![folder, uidv, uid, rule],
            )?;
            Ok(())
        })
        .await
    }

    /// This message could not be copied, or its copy is not what it should be.
    pub async fn exception(
        &self,
        folder: FolderId,
        uidv: u32,
        refusal: Refusal,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let _ = db.execute(
                "UPDATE message SET state = 8, code = ?4, words = ?5, eml = coalesce(?6, eml) \
                 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![
                    folder,
                    uidv,
                    refusal.uid,
                    refusal.code,
                    refusal.words,
                    refusal.eml
                ],
            )?;
            Ok(())
        })
        .await
    }
}

fn settle(
    db: &Connection,
    folder: FolderId,
    uidv: u32,
    dst_uidv: u32,
    ack: Acked,
    state: State,
) -> rusqlite::Result<()> {
    let mut update = db.prepare_cached(
        "UPDATE message SET state = ?4, dst_uidv = ?5, dst_uid = ?6, t_acked = ?7 \
         WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
    )?;
    let done = update.execute(params![
        folder,
        uidv,
        ack.uid,
        state.number(),
        dst_uidv,
        ack.copy,
        now()
    ]);
    match done {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            let nobody: Option<u32> = None;
            let _ = update.execute(params![
                folder,
                uidv,
                ack.uid,
                State::Acked.number(),
                dst_uidv,
                nobody,
                now()
            ])?;
            Ok(())
        }
        other => other.map(|_| ()),
    }
}
