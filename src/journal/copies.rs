//! Copies at the destination, as the journal knows them: claimed, looked for, taken over, read back.

use rusqlite::params;

use super::{Error, FolderId, Intent, Journal, State, TargetId, now};

/// A message whose fate is not known: it was on its way, or was confirmed without a UID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// UID at the origin.
    pub uid: u32,
    /// Octets counted; the claim where they never were.
    pub size: u64,
    /// Digest of the octets, where they were read.
    pub sha256: Option<[u8; 32]>,
    /// Digest after normalisation.
    pub norm: Option<[u8; 32]>,
    /// UIDNEXT of the destination folder before it left.
    pub dst_next: u32,
    /// When it left, ms since 1970.
    pub left: i64,
    /// Whether the destination confirmed it.
    pub confirmed: bool,
}

/// A copy to be read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    /// UID at the origin.
    pub uid: u32,
    /// UID at the destination.
    pub copy: u32,
    /// Octets counted.
    pub size: u64,
    /// Digest of the octets.
    pub sha256: [u8; 32],
    /// Digest after normalisation.
    pub norm: [u8; 32],
    /// The date sent with it.
    pub date: Option<String>,
    /// Its state before.
    pub state: State,
}

/// A row of an earlier numbering of the folder with the same octets, whose copy can be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// UIDVALIDITY it stands under.
    pub uid_validity: u32,
    /// UID under that.
    pub uid: u32,
}

impl Journal {
    /// The messages whose fate is not known, in the order of the folder.
    pub async fn suspects(&self, folder: FolderId, uidv: u32) -> Result<Vec<Suspect>, Error> {
        self.call(move |db| {
            db.prepare_cached(
                "SELECT uid, coalesce(size, claimed), sha256, norm, coalesce(dst_next, 1), coalesce(t_inflight, 0), state \
                 FROM message WHERE folder = ?1 AND uidv = ?2 AND (state = 1 OR (state = 2 AND dst_uid IS NULL)) \
                 ORDER BY uid",
            )?
            .query_map(params![folder, uidv], |row| {
                let sha256: Option<[u8; 32]> = row.get(2)?;
                let norm: Option<[u8; 32]> = row.get(3)?;
                Ok(Suspect {
                    uid: row.get(0)?,
                    size: row.get::<_, i64>(1)?.unsigned_abs(),
                    sha256,
                    norm: norm.or(sha256),
                    dst_next: row.get(4)?,
                    left: row.get(5)?,
                    confirmed: row.get::<_, i64>(6)? == State::Acked.number(),
                })
            })?
            .collect()
        })
        .await
    }

    /// The UIDs of a destination folder that are some message's copy, sorted.
    pub async fn claims(&self, target: TargetId, dst_uidv: u32) -> Result<Vec<u32>, Error> {
        self.call(move |db| {
            db.prepare_cached(
                "SELECT dst_uid FROM message WHERE target = ?1 AND dst_uidv = ?2 AND dst_uid IS NOT NULL ORDER BY dst_uid",
            )?
            .query_map(params![target, dst_uidv], |row| row.get(0))?
            .collect()
        })
        .await
    }

    /// The copies of earlier numberings of this folder that nobody has taken over, by digest, newest numbering first.
    pub async fn twins(&self, folder: FolderId, uidv: u32) -> Result<Vec<([u8; 32], Twin)>, Error> {
        self.call(move |db| {
            db.prepare_cached(
                "SELECT sha256, uidv, uid FROM message WHERE folder = ?1 AND uidv <> ?2 AND sha256 IS NOT NULL \
                 AND dst_uid IS NOT NULL AND state IN (2, 3, 4, 5) ORDER BY uidv DESC, uid",
            )?
            .query_map(params![folder, uidv], |row| {
                let twin = Twin {
                    uid_validity: row.get(1)?,
                    uid: row.get(2)?,
                };
                Ok((row.get(0)?, twin))
            })?
            .collect()
        })
        .await
    }

    /// Gives the copy of a twin to this message.
    pub async fn take_over(
        &self,
        folder: FolderId,
        uidv: u32,
        intent: Intent,
        twin: Twin,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let (target, dst_uidv, dst_uid): (TargetId, u32, u32) = db.query_row(
                "SELECT target, dst_uidv, dst_uid FROM message WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![folder, twin.uid_validity, twin.uid],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let _ = db.execute(
                "UPDATE message SET dst_uid = NULL WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![folder, twin.uid_validity, twin.uid],
            )?;
            let _ = db.execute(
                "UPDATE message SET state = 4, size = ?4, sha256 = ?5, norm = ?6, flags = ?7, target = ?8, \
                 dst_uidv = ?9, dst_uid = ?10, t_acked = ?11 WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
                params![
                    folder,
                    uidv,
                    intent.uid,
                    i64::try_from(intent.size).unwrap_or(i64::MAX),
                    intent.sha256,
                    intent.norm,
                    intent.flags,
                    target,
                    dst_uidv,
                    dst_uid,
                    now()
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// How many copies there are to read back in a folder, and their octets: exactly what `copies` gives.
    pub async fn copy_count(&self, folder: FolderId, uidv: u32) -> Result<(u64, u64), Error> {
        self.call(move |db| {
            db.query_row(
                "SELECT count(*), coalesce(sum(size), 0) FROM message WHERE folder = ?1 AND uidv = ?2 \
                 AND dst_uid IS NOT NULL AND sha256 IS NOT NULL",
                params![folder, uidv],
                |row| {
                    let (count, octets): (i64, i64) = (row.get(0)?, row.get(1)?);
                    Ok((count.unsigned_abs(), octets.unsigned_abs()))
                },
            )
        })
        .await
    }

    /// Copies of a folder after this UID, in the order of the folder.
    pub async fn copies(
        &self,
        folder: FolderId,
        uidv: u32,
        after: u32,
        most: u32,
    ) -> Result<Vec<CopyRow>, Error> {
        self.call(move |db| {
            db.prepare_cached(
                "SELECT uid, dst_uid, size, sha256, norm, state, date FROM message WHERE folder = ?1 AND uidv = ?2 \
                 AND uid > ?3 AND dst_uid IS NOT NULL AND sha256 IS NOT NULL ORDER BY uid LIMIT ?4",
            )?
            .query_map(params![folder, uidv, after, most], |row| {
                let sha256: [u8; 32] = row.get(3)?;
                Ok(CopyRow {
                    uid: row.get(0)?,
                    copy: row.get(1)?,
                    size: row.get::<_, i64>(2)?.unsigned_abs(),
                    sha256,
                    norm: row.get::<_, Option<[u8; 32]>>(4)?.unwrap_or(sha256),
                    state: State::from_number(row.get(5)?),
                    date: row.get(6)?,
                })
            })?
            .collect()
        })
        .await
    }

    /// Metadata the destination did not keep; each word is recorded once.
    pub async fn lost(
        &self,
        folder: FolderId,
        uidv: u32,
        lost: Vec<(u32, String)>,
    ) -> Result<(), Error> {
        if lost.is_empty() {
            return Ok(());
        }
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET lost = trim(coalesce(lost, '') || ' ' || ?4) WHERE folder = ?1 AND uidv = ?2 \
                 AND uid = ?3 AND instr(coalesce(lost, ''), ?4) = 0",
            )?;
            for (uid, word) in lost {
                let _ = update.execute(params![folder, uidv, uid, word])?;
            }
            Ok(())
        })
        .await
    }

    /// These copies were read back and are of this class (field.md E5).
    pub async fn verified(
        &self,
        folder: FolderId,
        uidv: u32,
        read: Vec<(u32, &'static str)>,
    ) -> Result<(), Error> {
        self.call(move |db| {
            let mut update = db.prepare_cached(
                "UPDATE message SET state = CASE WHEN state = 4 THEN 4 ELSE 3 END, class = ?4, t_verified = ?5, \
                 code = NULL, words = NULL WHERE folder = ?1 AND uidv = ?2 AND uid = ?3",
            )?;
            let time = now();
            for (uid, class) in read {
                let _ = update.execute(params![folder, uidv, uid, class, time])?;
            }
            Ok(())
        })
        .await
    }
}
