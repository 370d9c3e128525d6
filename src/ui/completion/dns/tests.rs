use super::*;

const OLD: &str = "192.0.2.10";
const NEW: &str = "198.51.100.20";

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn ends() -> Ends {
    Ends {
        origin: End {
            host: "posta.vecchiohost.example".into(),
            addresses: vec![ip(OLD)],
        },
        destination: End {
            host: "mail.nuovohost.example".into(),
            addresses: vec![ip(NEW)],
        },
    }
}

fn silent() -> Answers {
    let timeout = || Err(Error::Timeout);
    Answers {
        domain: "studio.example".into(),
        mx: Err(Error::Timeout),
        hosts: BTreeMap::new(),
        names: vec![("autodiscover.studio.example".into(), Err(Error::Timeout))],
        service: Err(Error::Timeout),
        texts: Err(Error::Timeout),
        dmarc: Err(Error::Timeout),
        keys: timeout(),
        dkim: Vec::new(),
    }
}

fn mx(hosts: &[(&str, &str)]) -> Answers {
    let records = hosts.iter().zip(1..).map(|((host, _), preference)| Mx {
        preference,
        host: (*host != ".").then(|| (*host).to_owned()),
        ttl: Duration::from_hours(1),
    });
    let addresses = hosts.iter().filter(|(_, address)| !address.is_empty());
    Answers {
        mx: Ok(records.collect()),
        hosts: addresses
            .map(|(host, address)| ((*host).to_owned(), vec![ip(address)]))
            .collect(),
        ..silent()
    }
}

fn leads(answers: &Answers) -> Leads {
    match Facts::of(answers, &ends()).exchange {
        Exchange::To { leads, .. } => leads,
        other => panic!("{other:?}"),
    }
}

#[test]
fn mail_goes_where_the_answers_prove_it() {
    for (hosts, expected) in [
        // The very host; its address under another name; another host of its owner.
        (&[("mail.nuovohost.example", "")][..], Leads::Destination),
        (&[("mx.studio.example", NEW)], Leads::Destination),
        (
            &[("mx1.nuovohost.example", "203.0.113.5")],
            Leads::Destination,
        ),
        (&[("mx.vecchiohost.example", "")], Leads::Origin),
        (&[("mx.studio.example", OLD)], Leads::Origin),
        // A name of the domain's own proves nothing.
        (&[("mx.studio.example", "203.0.113.5")], Leads::Elsewhere),
        (
            &[("filtro.antispam.example", "203.0.113.5")],
            Leads::Elsewhere,
        ),
        (
            &[
                ("mail.nuovohost.example", ""),
                ("mx.vecchiohost.example", ""),
            ],
            Leads::Both,
        ),
        (
            &[("mail.nuovohost.example", ""), ("mx.antispam.example", "")],
            Leads::Elsewhere,
        ),
    ] {
        assert_eq!(leads(&mx(hosts)), expected, "{hosts:?}");
    }
}

#[test]
fn two_ends_of_one_owner_are_told_apart_by_address_alone() {
    let both = Ends {
        origin: End {
            host: "vecchio.hosting.example".into(),
            addresses: vec![ip(OLD)],
        },
        destination: End {
            host: "nuovo.hosting.example".into(),
            addresses: vec![ip(NEW)],
        },
    };
    let to = |host: &str, addresses: &[IpAddr]| both.leads(host, addresses, "studio.example");
    assert_eq!(to("mx.hosting.example", &[ip(NEW)]), Leads::Destination);
    assert_eq!(to("mx.hosting.example", &[]), Leads::Elsewhere);
    assert_eq!(to("vecchio.hosting.example.", &[]), Leads::Origin);
}

#[test]
fn the_hosts_of_a_provider_are_known() {
    let mut ends = ends();
    let provider = providers().iter().find(|one| !one.mx.is_empty()).unwrap();
    ends.destination.host.clone_from(&provider.imap.host);
    let host = format!("mx7.{}", provider.mx[0]);
    assert_eq!(ends.leads(&host, &[], "studio.example"), Leads::Destination);
}

#[test]
fn no_answer_is_not_an_answer_of_nothing() {
    let facts = Facts::of(&silent(), &ends());
    assert!(facts.is_silent());
    assert_eq!((facts.dkim, facts.dmarc), (Dkim::Unknown, Dmarc::Unknown));
    let none = || Error::NoRecord;
    let facts = Facts::of(
        &Answers {
            mx: Err(none()),
            names: vec![(
                String::from("autodiscover.studio.example"),
                Err(Error::NoSuchDomain),
            )],
            service: Err(none()),
            texts: Err(none()),
            dmarc: Err(Error::NoSuchDomain),
            keys: Err(Error::NoSuchDomain),
            ..silent()
        },
        &ends(),
    );
    assert_eq!(
        (
            facts.exchange,
            facts.settings,
            facts.spf,
            facts.dkim,
            facts.dmarc
        ),
        (
            Exchange::None,
            Settings::None,
            Spf::Missing,
            Dkim::Missing,
            Dmarc::Missing
        )
    );
    let refuses = Facts::of(&mx(&[(".", "")]), &ends());
    assert_eq!(refuses.exchange, Exchange::Refuses);
    let lost = Answers {
        mx: Err(Error::NoSuchDomain),
        ..silent()
    };
    assert_eq!(Facts::of(&lost, &ends()).exchange, Exchange::NoDomain);
}

#[test]
fn of_several_settings_the_gravest_is_told() {
    let pointing = |alias: &str, address: &str| {
        Ok(Pointing {
            aliases: vec![alias.to_owned()],
            addresses: vec![ip(address)],
            ttl: Duration::ZERO,
        })
    };
    let answers = Answers {
        names: vec![
            (
                "autodiscover.studio.example".into(),
                pointing("auto.vecchiohost.example", OLD),
            ),
            (
                "autoconfig.studio.example".into(),
                pointing("mail.nuovohost.example", NEW),
            ),
        ],
        ..silent()
    };
    let facts = Facts::of(&answers, &ends());
    assert_eq!(
        facts.settings,
        Settings::To {
            leads: Leads::Origin,
            name: "autodiscover.studio.example".into(),
            target: "auto.vecchiohost.example".into()
        }
    );
    assert_eq!(facts.settings_records.len(), 4);
}

#[test]
fn a_record_names_the_destination_or_not() {
    let case = |texts: &[&str], arrives: bool| {
        let txt = |text: &&str| Txt {
            text: (*text).to_owned(),
            ttl: Duration::ZERO,
        };
        let base = if arrives {
            mx(&[("mail.nuovohost.example", "")])
        } else {
            silent()
        };
        let answers = Answers {
            texts: Ok(texts.iter().map(txt).collect()),
            ..base
        };
        Facts::of(&answers, &ends()).spf
    };
    for (text, arrives, expected) in [
        ("v=spf1 mx -all", true, Spf::Names),
        ("v=spf1 mx -all", false, Spf::Unnamed),
        ("v=spf1 -mx ~all", true, Spf::Unnamed),
        ("V=SPF1 +a:mail.nuovohost.example ~all", false, Spf::Names),
        (
            "v=spf1 include:_spf.nuovohost.example ~all",
            false,
            Spf::Names,
        ),
        (
            "v=spf1 include:_spf.vecchiohost.example ~all",
            false,
            Spf::Unnamed,
        ),
        ("v=spf1 ip4:198.51.100.0/24 -all", false, Spf::Names),
        ("v=spf1 ip4:198.51.100.21 -all", false, Spf::Unnamed),
        ("v=spf1 ip4:0.0.0.0/0 -all", false, Spf::Names),
        ("v=spf1 ip6:2001:db8::/32 -all", false, Spf::Unnamed),
        ("v=spf10 mx", true, Spf::Missing),
        ("google-site-verification=x", true, Spf::Missing),
    ] {
        assert_eq!(case(&[text], arrives), expected, "{text}");
    }
    assert_eq!(case(&["v=spf1 mx", "v=spf1 a"], true), Spf::Several);
}

#[test]
fn keys_and_policies_are_read() {
    let txt = |text: &str| {
        Ok(vec![Txt {
            text: text.to_owned(),
            ttl: Duration::ZERO,
        }])
    };
    for (text, expected) in [
        (
            "v=DMARC1; p=Quarantine; rua=mailto:x@y.example",
            Dmarc::Policy("quarantine".into()),
        ),
        ("v=DMARC1", Dmarc::Policy("none".into())),
        ("p=reject; v=DMARC1", Dmarc::Missing),
    ] {
        let answers = Answers {
            dmarc: txt(text),
            ..silent()
        };
        assert_eq!(Facts::of(&answers, &ends()).dmarc, expected, "{text}");
    }
    let answers = Answers {
        keys: Err(Error::NoRecord),
        ..silent()
    };
    assert_eq!(Facts::of(&answers, &ends()).dkim, Dkim::Unseen);
    let answers = Answers {
        dkim: vec![("default".into(), "v=DKIM1; p=abc".into())],
        ..answers
    };
    let facts = Facts::of(&answers, &ends());
    assert_eq!(facts.dkim, Dkim::Found(vec!["default".into()]));
    assert_eq!(
        facts.signature_records[0].0,
        "default._domainkey.studio.example"
    );
}

#[test]
fn the_owner_of_a_name_is_what_was_bought() {
    for (host, expected) in [
        ("mail.nuovo.example", "nuovo.example"),
        ("nuovo.example", "nuovo.example"),
        ("mx.a.nuovo.co.uk", "nuovo.co.uk"),
        ("mail.ibm.it", "ibm.it"),
        ("localhost", "localhost"),
        ("", ""),
    ] {
        assert_eq!(owner(host), expected, "{host}");
    }
}
