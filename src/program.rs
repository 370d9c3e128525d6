//! Programs of the administrator: one is run, told something on its standard input, and heard, within its time.
//!
//! Promises: what it is told stands on its standard input alone, never in its arguments or environment, and the
//! passphrase of this process is not handed on; it is a tree of processes that is ended as a whole when the time is
//! over or whoever waits for it gives up; a program that does not read what it is told, writes too much or leaves a
//! service behind neither blocks nor fails us; what it says is scrubbed of the secrets it was told before anybody sees
//! it. Deliberately absent: what is said (see `provision::command` and `after`), trying again, and words for people.
//!
//! What made itself a session of its own (a service started by a script) is no longer of the tree on Unix.
//!
//! - `hear` what it writes · `secret` what it was told in secret, in every form it may come back

mod hear;
mod secret;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use process_wrap::tokio::{ChildWrapper, CommandWrap};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use self::hear::{Answer, LARGEST_ANSWER, Lines};
use self::secret::Forms;
use crate::plan::Program;
use crate::trouble::{Kind, Trouble};

/// How long a program that has ended is still listened to: what it left behind may hold its output open.
const AFTERMATH: Duration = Duration::from_secs(2);

/// How long the system may take to bury an ended program.
const BURIAL: Duration = Duration::from_secs(5);

/// Variables of ours that are not handed on: one of them is the passphrase.
const OURS: &str = "TRAGHETTO_";

/// What a program is told, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// Variables besides those of this process; never a secret.
    pub environment: &'a [(&'static str, String)],
    /// What must not be shown if the program repeats it.
    pub secrets: &'a [&'a SecretString],
    /// Its standard output goes into the log, line by line, as its standard error does.
    pub logged: bool,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// As the system says it.
    pub status: ExitStatus,
    /// Its standard output as it came, up to a limit; empty where it went into the log. May hold a secret.
    pub output: Zeroizing<String>,
    /// There was more.
    pub cut: bool,
    /// The last line it wrote that was not empty, of its standard error if there was one; scrubbed.
    pub last: String,
}

/// Runs a program, with a line of JSON on its standard input, and takes its standard output for JSON.
///
/// A relative path with a folder in it begins at `folder`, which is also where the program is run; a mere name is looked
/// for where the system looks for programs.
pub async fn ask<T: DeserializeOwned>(
    program: &Program,
    folder: &Path,
    request: &impl Serialize,
    told: Told<'_>,
) -> Result<T, Trouble> {
    let ended = tell(program, folder, request, told).await?;
    let forms = Forms::of(told.secrets);
    let text = ended.output.trim_start_matches('\u{FEFF}').trim();
    if ended.cut {
        let detail = format!("more than {LARGEST_ANSWER} octets");
        return Err(trouble(Kind::ProgramAnswer, program, detail));
    }
    serde_json::from_str(text).map_err(|error| {
        let start: String = text.chars().take(200).collect();
        let detail = forms.hide(&format!("{error}: {start}"));
        trouble(Kind::ProgramAnswer, program, detail)
    })
}

/// Runs a program with a line of JSON on its standard input; an exit code other than 0 is a failure.
pub async fn tell(
    program: &Program,
    folder: &Path,
    request: &impl Serialize,
    told: Told<'_>,
) -> Result<Ended, Trouble> {
    // Room for all of it: what grows leaves copies behind.
    let mut input = Zeroizing::new(Vec::with_capacity(16 << 10));
    serde_json::to_writer(&mut *input, request)
        .map_err(|error| trouble(Kind::ProgramAnswer, program, error.to_string()))?;
    input.push(b'\n');
    let ended = run(program, folder, &input, told).await?;
    if ended.status.success() {
        return Ok(ended);
    }
    let kind = if cfg!(unix) && matches!(ended.status.code(), Some(126 | 127)) {
        // What shells and `env` say when there is nothing to run (POSIX 2.8.2).
        Kind::ProgramMissing
    } else {
        Kind::ProgramFailed
    };
    let detail = if ended.last.is_empty() {
        ended.status.to_string()
    } else {
        ended.last
    };
    Err(trouble(kind, program, detail))
}

/// Runs a program with this on its standard input, however it ends.
///
/// # Errors
/// [`Kind::ProgramMissing`] where it cannot be started, [`Kind::ProgramTimedOut`] where its time was over.
pub async fn run(
    program: &Program,
    folder: &Path,
    input: &[u8],
    told: Told<'_>,
) -> Result<Ended, Trouble> {
    let missing = |error: io::Error| trouble(Kind::ProgramMissing, program, error.to_string());
    let mut tree = start(program, folder, told.environment).map_err(missing)?;
    let name = name(&program.program);
    let forms = Forms::of(told.secrets);
    let mut answer = Answer::default();
    let mut said = Lines::new(&name, &forms);
    let mut complaints = Lines::new(&name, &forms);
    let (stdin, stdout, stderr) = tree.pipes();
    let status = {
        let talk = async {
            let write = async {
                if let Some(mut pipe) = stdin {
                    // A program need not read what it is told.
                    let _ = pipe.write_all(input).await;
                    let _ = pipe.shutdown().await;
                }
            };
            let listen = async {
                if told.logged {
                    said.hear(stdout).await;
                } else {
                    answer.hear(stdout).await;
                }
            };
            let ((), (), ()) = tokio::join!(write, listen, complaints.hear(stderr));
        };
        tokio::pin!(talk);
        let mut talked = false;
        let limit = Duration::from_secs(program.limit_seconds.into());
        let status = timeout(limit, async {
            loop {
                tokio::select! {
                    status = tree.ended() => break status,
                    () = &mut talk, if !talked => talked = true,
                }
            }
        })
        .await;
        if status.is_ok() && !talked {
            let _ = timeout(AFTERMATH, &mut talk).await;
        }
        status
    };
    let Ok(status) = status else {
        tree.kill();
        let _ = timeout(BURIAL, tree.ended()).await;
        let detail = format!("{} s", program.limit_seconds);
        return Err(trouble(Kind::ProgramTimedOut, program, detail));
    };
    let status = status.map_err(missing)?;
    said.end();
    complaints.end();
    let last = [complaints.last, said.last, answer.last(&forms)];
    Ok(Ended {
        status,
        output: answer.text(),
        cut: answer.cut,
        last: last
            .into_iter()
            .find(|line| !line.is_empty())
            .unwrap_or_default(),
    })
}

/// A text of a program without the secrets it was told.
pub fn hide(text: &str, secrets: &[&SecretString]) -> String {
    Forms::of(secrets).hide(text)
}

fn trouble(kind: Kind, program: &Program, detail: impl Into<String>) -> Trouble {
    Trouble::new(kind, program.program.display().to_string(), detail)
}

fn name(program: &Path) -> String {
    let name = program.file_name().unwrap_or(program.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A program and what it started.
struct Tree {
    child: Box<dyn ChildWrapper>,
    over: bool,
}

impl Tree {
    fn pipes(
        &mut self,
    ) -> (
        Option<tokio::process::ChildStdin>,
        Option<tokio::process::ChildStdout>,
        Option<tokio::process::ChildStderr>,
    ) {
        (
            self.child.stdin().take(),
            self.child.stdout().take(),
            self.child.stderr().take(),
        )
    }

    /// Waits for the program itself, not for what it leaves behind.
    async fn ended(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.inner_mut().wait().await?;
        self.over = true;
        Ok(status)
    }

    fn kill(&mut self) {
        if !self.over {
            // Fails only where nothing is left to be ended.
            let _ = self.child.start_kill();
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.kill();
    }
}

fn start(
    program: &Program,
    folder: &Path,
    environment: &[(&'static str, String)],
) -> io::Result<Tree> {
    // A relative one would be looked for once more from within it.
    let folder = &std::path::absolute(folder)?;
    let mut command = command(&place(&program.program, folder))?;
    for (key, _) in std::env::vars_os() {
        // Windows takes them in any case of letters.
        if key.to_string_lossy().to_uppercase().starts_with(OURS) {
            let _ = command.env_remove(key);
        }
    }
    let _ = command
        .args(&program.arguments)
        .envs(environment.iter().map(|(key, value)| (*key, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if folder.is_dir() {
        let _ = command.current_dir(folder);
    }
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    let _ = command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    let _ = command
        .wrap(process_wrap::tokio::JobObject)
        // No console flashes up beside the window.
        .wrap(process_wrap::tokio::CreationFlags(
            windows::Win32::System::Threading::CREATE_NO_WINDOW,
        ));
    Ok(Tree {
        child: command.spawn()?,
        over: false,
    })
}

/// Where the program is: a relative path with a folder in it begins at the migration's folder.
fn place(program: &Path, folder: &Path) -> PathBuf {
    if program.is_relative() && program.components().count() > 1 {
        folder.join(program)
    } else {
        program.to_owned()
    }
}

/// Scripts of PowerShell are run by it; of `.cmd` and `.bat` the standard library takes care, quoting included.
fn command(program: &Path) -> io::Result<Command> {
    let script = program
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|ending| cfg!(windows) && ending.eq_ignore_ascii_case("ps1"));
    if !script {
        return Ok(Command::new(program));
    }
    // PowerShell itself would start, and complain in its own way.
    let _ = std::fs::metadata(program)?;
    let mut command = Command::new("powershell.exe");
    let _ = command
        .args([
            "-NoProfile",
            "-NonInteractive",
            "-ExecutionPolicy",
            "Bypass",
        ])
        .arg("-File")
        .arg(program);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_beside_the_plan_is_found_there_and_a_mere_name_where_programs_are() {
        let folder = Path::new("/srv/m");
        for (program, place_of_it) in [
            ("hooks/after.sh", "/srv/m/hooks/after.sh"),
            ("./after.sh", "/srv/m/./after.sh"),
            ("/opt/after.sh", "/opt/after.sh"),
            ("python3", "python3"),
        ] {
            assert_eq!(place(Path::new(program), folder), Path::new(place_of_it));
        }
    }
}
