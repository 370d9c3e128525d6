use super::*;

#[tokio::test]
async fn hostile_text_stays_text_in_the_page() {
    let case = case("<script>alert(1)</script>\"'&").await;
    case.refuse(
        3,
        "too-large",
        "<img src=x onerror=1> for carla@altrove.example, anna@example.it.",
    )
    .await;
    let report = case.report().await;
    for words in both() {
        let page = html::page(&report, words);
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "not escaped"
        );
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
        assert!(page.contains("href=\"../exceptions/anna/7-3%20%C3%A0.eml\""));
        assert!(!page.contains("carla") && page.contains("…@…, anna@example.it."));
        assert!(!page.contains('⟨'), "a word is missing");
        assert_eq!(page.matches("<td").count(), page.matches("</td>").count());
    }
    assert!(!json(&report).to_string().contains("carla"));
    assert_eq!(html::link("../../etc/passwd"), None);
    assert_eq!(html::link("/etc/passwd"), None);
    assert_eq!(html::escape("a\u{202E}b\0"), "a\u{FFFD}b\u{FFFD}");
}

#[test]
fn a_cell_is_never_a_formula() {
    for (value, expected) in [
        ("plain", "plain"),
        ("=1+1", "\"'=1+1\""),
        ("+39", "\"'+39\""),
        ("-1", "\"'-1\""),
        ("@SUM(A1)", "\"'@SUM(A1)\""),
        ("\t=1", "\"' =1\""),
        ("  =1", "\"'  =1\""),
        ("a;b", "\"a;b\""),
        ("say \"hi\"\r\n=1", "\"say \"\"hi\"\"  =1\""),
    ] {
        assert_eq!(csv::cell(value), expected, "{value:?}");
    }
}

#[tokio::test]
async fn every_form_is_written_in_both_languages() {
    let case = case("=Entwürfe").await;
    case.refuse(3, "too-large", "NO [TOOBIG] =cmd").await;
    let report = case.report().await;
    for words in both() {
        let mut written = Vec::new();
        for format in [Format::Html, Format::Csv, Format::Json] {
            written.extend(write(&case.project, &report, format, &words).unwrap());
        }
        let names: Vec<_> = written
            .iter()
            .map(|path| path.file_name().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "report.html",
                "accounts.csv",
                "folders.csv",
                "exceptions.csv",
                "report.json"
            ]
        );
        for path in &written[1..4] {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(text.starts_with('\u{FEFF}') && text.ends_with("\r\n"));
            assert!(!text.contains('⟨') && !text.contains(";="), "{text}");
        }
        let value: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&written[4]).unwrap()).unwrap();
        assert_eq!(value["grade"], "critical");
        assert_eq!(value["totals"]["messages"]["exception"], 1);
        assert_eq!(value["accounts"][0]["exceptions"][0]["code"], "too-large");
        for finding in every_finding() {
            let said = words::finding(&finding, words);
            assert!(!said.contains(['⟨', '$', '{']), "{said}");
        }
    }
}

fn every_finding() -> Vec<Finding> {
    let (account, folder, trouble) = ("a".to_owned(), "f".to_owned(), "stopped".to_owned());
    let (listed, counted, lines, verified, compared, messages, of) = (1, 2, 3, 4, 5, 1, 7);
    vec![
        Finding::SumsDisagree {
            account: account.clone(),
            folder: folder.clone(),
            listed,
            counted,
        },
        Finding::LedgerDisagrees {
            account: account.clone(),
            counted,
            lines,
        },
        Finding::ComparisonsDisagree {
            account: account.clone(),
            folder: folder.clone(),
            verified,
            compared,
        },
        Finding::AccountFailed {
            account: account.clone(),
            trouble: trouble.clone(),
        },
        Finding::AccountNeverListed {
            account: account.clone(),
        },
        Finding::FolderFailed {
            account,
            folder,
            trouble,
            listed: true,
        },
        Finding::ManyExceptions { messages, of },
        Finding::Exceptions { messages },
        Finding::NotFinished {
            messages,
            folders: 2,
        },
        Finding::NotVerified { messages },
        Finding::PresenceOnly { messages },
        Finding::Merged { messages },
        Finding::Reencoded { messages },
        Finding::Different { messages },
        Finding::SampleOnly { messages },
        Finding::HeadersAdded { messages },
        Finding::LostMetadata { messages },
        Finding::Excluded { messages },
        Finding::Gone { messages },
        Finding::LeftOut { mailboxes: 2 },
        Finding::FinalPassToCome { mailboxes: 2 },
    ]
}
