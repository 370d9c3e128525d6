//! The program after each account.

use traghetto::after::{Ending, Facts, Pass, call};
use traghetto::plan::After;
use traghetto::trouble::{Kind, Trouble};

use super::*;

fn facts(dir: &Path) -> Facts {
    Facts {
        project: dir.to_owned(),
        report: dir.join("report"),
        reports: vec![dir.join("report/report.html")],
        pass: Pass::Complete,
        login: "anna; rm -rf $HOME".into(),
        destination_login: "anna@example.it".into(),
        address: "anna@example.it".into(),
        name: "Anna Rossi".into(),
        aliases: vec!["a@example.it".into(), "b@example.it".into()],
        result: Ending::Failed,
        messages: 1204,
        copied: 7,
        exceptions: 2,
        trouble: Some(Trouble::new(Kind::OverQuota, "anna", "NO [OVERQUOTA] full")),
    }
}

fn after(program: PathBuf) -> After {
    After {
        program: Program::new(program),
        on_failure: traghetto::plan::OnFailure::default(),
    }
}

#[tokio::test]
async fn it_is_told_everything_twice_in_its_environment_and_as_json() {
    let dir = tempfile::tempdir().unwrap();
    let text =
        "#!/bin/sh\nenv | grep ^TRAGHETTO_ | sort > variables\ncat > facts.json\necho told\n";
    let program = script(dir.path(), "after", text);
    call(&after(program), &facts(&relative(dir.path())))
        .await
        .unwrap();
    let text = std::fs::read_to_string(dir.path().join("variables")).unwrap();
    let place = std::path::absolute(relative(dir.path())).unwrap();
    let folder = place.display();
    assert_eq!(
        text,
        format!(
            "TRAGHETTO_ADDRESS=anna@example.it\nTRAGHETTO_ALIASES=a@example.it b@example.it\nTRAGHETTO_COPIED=7\n\
             TRAGHETTO_DESTINATION_LOGIN=anna@example.it\nTRAGHETTO_EXCEPTIONS=2\nTRAGHETTO_LOGIN=anna; rm -rf $HOME\n\
             TRAGHETTO_MESSAGES=1204\nTRAGHETTO_PASS=complete\nTRAGHETTO_PROJECT={folder}\n\
             TRAGHETTO_REPORT={folder}/report\nTRAGHETTO_RESULT=failed\nTRAGHETTO_TROUBLE=over-quota\nTRAGHETTO_VERSION=1\n"
        )
    );
    let json = std::fs::read_to_string(dir.path().join("facts.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "version": 1, "pass": "complete", "result": "failed", "login": "anna; rm -rf $HOME",
            "destination-login": "anna@example.it", "address": "anna@example.it", "name": "Anna Rossi",
            "aliases": ["a@example.it", "b@example.it"], "messages": 1204, "copied": 7, "exceptions": 2,
            "trouble": "over-quota", "detail": "NO [OVERQUOTA] full", "project": place,
            "report": place.join("report"), "reports": [place.join("report/report.html")],
        })
    );
}

#[tokio::test]
async fn its_failure_is_told_with_its_last_line() {
    let dir = tempfile::tempdir().unwrap();
    let program = script(
        dir.path(),
        "after",
        "#!/bin/sh\necho no route to the telephone exchange >&2\nexit 9\n",
    );
    let trouble = call(&after(program), &facts(dir.path())).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::ProgramFailed);
    assert_eq!(trouble.detail, "no route to the telephone exchange");
    let mut slow = after(script(dir.path(), "slow", "#!/bin/sh\nsleep 300\n"));
    slow.program.limit_seconds = 1;
    let trouble = call(&slow, &facts(dir.path())).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::ProgramTimedOut);
}

#[tokio::test]
async fn the_shipped_example_runs_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/examples/after-account.sh");
    call(&after(example), &facts(dir.path())).await.unwrap();
    let table = std::fs::read_to_string(dir.path().join("after-account.csv")).unwrap();
    assert!(
        table.ends_with(";complete;anna; rm -rf $HOME;failed;2\n"),
        "{table}"
    );
}
