//! What each command does, and how the server says so.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::key;
use super::letters::{Node, envelope, escape, item, items, whole};
use super::world::{Account, Domain, Separator, World};

pub fn command_of(body: &str) -> String {
    Node::read(body).text_of("commandname").to_lowercase()
}

/// An answer, and how long it takes.
pub fn answer(body: &str, world: &mut World) -> (String, Duration) {
    let question = Node::read(body);
    assert_eq!(question.children.len(), 1);
    let iq = &question.children[0];
    let sid = iq.attributes.iter().find(|(name, _)| name == "sid");
    let sid = sid.map(|(_, sid)| sid.clone()).unwrap_or_default();
    let command = question.text_of("commandname").to_lowercase();
    let empty = Node::default();
    let parameters = question.find("commandparams").unwrap_or(&empty);
    if let Some(canned) = world.canned.remove(&command) {
        return (canned, Duration::ZERO);
    }
    let open = matches!(command.as_str(), "authenticate" | "getauthchallenge");
    let said = if !open && !world.sessions.contains_key(&sid) {
        Err(String::from("session_invalid"))
    } else {
        carry_out(&command, parameters, &sid, world)
    };
    let mut wait = Duration::ZERO;
    if matches!(&said, Err(uid) if uid == "auth_login_invalid") {
        world.faults.wrong_logins += 1;
        wait = world.faults.slow_login * world.faults.wrong_logins;
    }
    let sid = if command == "authenticate" {
        said.as_ref().cloned().unwrap_or_default()
    } else {
        sid
    };
    let text = match said {
        Ok(_) if command == "authenticate" => envelope("result", &sid, "<result>1</result>"),
        Ok(inner) => envelope("result", &sid, &format!("<result>{inner}</result>")),
        Err(mut uid) => {
            if world.faults.echo && uid != "account_invalid" {
                let echo = [parameters.text_of("password"), parameters.text_of("val")].join(" ");
                uid = format!("{uid} [{echo}]");
            }
            envelope("error", &sid, &format!("<error uid=\"{}\"/>", escape(&uid)))
        }
    };
    (text, wait)
}

/// What stands in the result, or the uid of the refusal.
fn carry_out(
    command: &str,
    question: &Node,
    sid: &str,
    world: &mut World,
) -> Result<String, String> {
    if let Some((uid, times)) = world.faults.refuse.get_mut(command)
        && World::strikes(times)
    {
        return Err(uid.clone());
    }
    if let Some((number, times)) = world.faults.number.get_mut(command)
        && World::strikes(times)
    {
        return Ok(number.clone());
    }
    match command {
        "getauthchallenge" => Ok(format!(
            "<classname>tauthchallenge</classname><hashid>{}</hashid><timestamp>{STAMP}</timestamp>",
            key::modulus()
        )),
        "authenticate" => authenticate(question, world),
        "getsessioninfo" => {
            let email = &world.sessions[sid];
            let kind = world.admins[email].kind;
            let (_, domain) = email.split_once('@').unwrap();
            Ok(format!(
                "<email>{email}</email><domain>{domain}</domain><admintype>{kind}</admintype>"
            ))
        }
        "logout" => {
            world.sessions.remove(sid);
            Ok(String::from("1"))
        }
        "getlicenseinfo" => Ok(match world.faults.seats {
            Some(seats) if world.faults.seats_told => format!(
                "<licensetype>standard</licensetype><maxaccounts>{seats}</maxaccounts><usedaccounts>{}</usedaccounts>",
                world.accounts.len()
            ),
            _ => String::from("<licensetype>standard</licensetype>"),
        }),
        "getdomainproperties" => {
            let domain = domain_of(question, world)?;
            Ok(items(&[
                ("D_Type", domain.kind.to_string()),
                ("D_Aliases", domain.aliases.join(";")),
                ("D_AccountNumber", domain.limit.to_string()),
            ]))
        }
        "createdomain" => {
            let name = question.text_of("domainstr").to_lowercase();
            if world.domains.contains_key(&name) {
                return Ok(String::from("0"));
            }
            world.domains.insert(name, Domain::default());
            Ok(String::from("1"))
        }
        "getaccountsinfolist" => {
            domain_of(question, world)?;
            Ok(page(question, world))
        }
        "createaccount" => create(question, world),
        "getaccountproperties" => {
            let key = account_key(question, world)?;
            Ok(properties(question, &world.accounts[&key], &world.faults))
        }
        "setaccountproperties" => {
            let key = account_key(question, world)?;
            let (_, domain) = key.split_once('@').unwrap();
            for (name, value) in given(question) {
                let value = text_or_list(&value);
                if name == "a_aliaslist" || name == "u_alias" || name == "u_emailalias" {
                    let list = understood(&value, world.faults.separator);
                    if list.iter().any(|alias| {
                        world
                            .key_of(&format!("{alias}@{domain}"))
                            .is_some_and(|other| other != key)
                    }) {
                        return Ok(String::from("0"));
                    }
                    if world.faults.separator != Separator::Nowhere {
                        world.accounts.get_mut(&key).unwrap().aliases = list;
                    }
                } else {
                    let account = world.accounts.get_mut(&key).unwrap();
                    account.properties.insert(name, value.concat());
                }
            }
            Ok(String::from("1"))
        }
        "setaccountpassword" => {
            let key = account_key(question, world)?;
            let password = password_of(question)?;
            let (local, _) = key.split_once('@').unwrap();
            if question.text_of("ignorepolicy") != "1"
                && world.faults.policy
                && !Account::conforms(&password, local)
            {
                return Err(String::from("account_password_policy"));
            }
            if password.contains(|c| world.faults.bad_characters.contains(c)) {
                return Ok(String::from("-9"));
            }
            let account = world.accounts.get_mut(&key).unwrap();
            account.password.clone_from(&password);
            account.passwords += 1;
            if let Some(listener) = &world.on_password {
                listener(&key, &password);
            }
            Ok(String::from("1"))
        }
        "getserverproperties" => {
            if world.faults.forbidden.contains("*") {
                return Err(String::from("insufficient_rights"));
            }
            let names: Vec<String> = asked(question);
            if world.faults.strict && names.iter().any(|name| !world.settings.contains_key(name)) {
                return Ok(String::from("0"));
            }
            Ok(names
                .iter()
                .map(|name| item(name, world.settings.get(name).map(String::as_str)))
                .collect())
        }
        "setserverproperties" => {
            for (name, value) in given(question) {
                if !world.settings.contains_key(&name) {
                    return Ok(String::from("0"));
                }
                world.settings.insert(name, text_or_list(&value).concat());
            }
            Ok(String::from("1"))
        }
        _ => Err(String::from("invoker_commandname_invalid")),
    }
}

const STAMP: &str = "1700000000";

fn authenticate(question: &Node, world: &mut World) -> Result<String, String> {
    let email = question.text_of("email").to_owned();
    let password = password_of(question)?;
    let Some(admin) = world
        .admins
        .get(&email)
        .filter(|admin| admin.password == password)
    else {
        return Err(String::from("auth_login_invalid"));
    };
    if admin.disabled {
        return Err(String::from("account_disabled_2"));
    }
    if admin.two_factor {
        return Err(String::from("auth_two_factor_required"));
    }
    let sid = format!("20261128{:010}", world.calls.len());
    world.sessions.insert(sid.clone(), email);
    Ok(sid)
}

fn password_of(question: &Node) -> Result<String, String> {
    match question.text_of("authtype") {
        "0" => Ok(question.text_of("password").to_owned()),
        "1" => {
            assert_eq!(question.text_of("password"), "");
            let text = key::decrypt(question.text_of("digest"));
            let (password, stamp) = text.strip_prefix("p=").unwrap().split_once("&t=").unwrap();
            if stamp != STAMP {
                return Err(String::from("auth_digest_expired"));
            }
            Ok(key::decoded(password))
        }
        other => panic!("authtype {other}"),
    }
}

fn domain_of(question: &Node, world: &World) -> Result<Domain, String> {
    let name = question.text_of("domainstr").to_lowercase();
    if world.faults.forbidden.contains(&name) {
        return Err(String::from("insufficient_rights"));
    }
    world
        .domains
        .get(&name)
        .cloned()
        .ok_or_else(|| String::from("domain_invalid"))
}

fn account_key(question: &Node, world: &World) -> Result<String, String> {
    let address = question.text_of("accountemail");
    world
        .key_of(address)
        .ok_or_else(|| String::from("account_invalid"))
}

fn create(question: &Node, world: &mut World) -> Result<String, String> {
    let domain = domain_of(question, world)?;
    let name = question.text_of("domainstr").to_lowercase();
    let mut account = Account {
        aliases: Vec::new(),
        password: String::new(),
        passwords: 0,
        name: (String::new(), String::new()),
        properties: BTreeMap::new(),
        shown: Instant::now() + world.faults.lag,
    };
    for (variable, value) in given(question) {
        match variable.as_str() {
            "u_password" => account.password = text_or_list(&value).concat(),
            "u_alias" => {
                account.aliases = understood(&text_or_list(&value), world.faults.separator);
            }
            "a_name" => {
                account.name = (
                    value.text_of("name").to_owned(),
                    value.text_of("surname").to_owned(),
                );
            }
            _ => {
                account
                    .properties
                    .insert(variable, text_or_list(&value).concat());
            }
        }
    }
    let Some(local) = account.properties.get("u_mailbox").cloned() else {
        return Err(String::from("account_mailbox_property_missing"));
    };
    if !account.properties.contains_key("u_type") {
        return Err(String::from("account_type_property_missing"));
    }
    if account.aliases.is_empty() {
        account.aliases = vec![local.clone()];
    }
    if world.faults.separator == Separator::Nowhere {
        account.aliases.truncate(1);
    }
    if world.faults.policy && !Account::conforms(&account.password, &local) {
        return Err(String::from("account_password_policy"));
    }
    let end = format!("@{name}");
    let in_domain = world.accounts.iter().filter(|(key, _)| key.ends_with(&end));
    let (mut count, mut taken) = (0, false);
    for (_, other) in in_domain {
        count += 1;
        taken |= other.aliases.iter().any(|own| {
            account
                .aliases
                .iter()
                .any(|alias| own.eq_ignore_ascii_case(alias))
        });
    }
    if domain.limit > 0 && count >= domain.limit {
        return Err(String::from("account_domain_limit_exceeded"));
    }
    let full = world
        .faults
        .seats
        .is_some_and(|seats| world.accounts.len() as u64 >= seats);
    let key = format!("{}@{name}", local.to_lowercase());
    if full || taken || world.accounts.contains_key(&key) {
        return Err(String::from("account_not_created"));
    }
    world.accounts.insert(key, account);
    Ok(String::from("1"))
}

/// The aliases a server makes of what it was given.
fn understood(given: &[String], separator: Separator) -> Vec<String> {
    match separator {
        Separator::Semicolon => {
            let parts = given.iter().flat_map(|text| text.split(';'));
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        }
        _ => given.to_vec(),
    }
}

/// The properties of a command, by name in lower case.
fn given(question: &Node) -> Vec<(String, Node)> {
    let list = question
        .find("accountproperties")
        .or_else(|| question.find("propertyvaluelist"));
    let items = list.unwrap().children.iter();
    items
        .map(|item| {
            let name = item
                .find("apiproperty")
                .unwrap()
                .text_of("propname")
                .to_lowercase();
            (name, item.find("propertyval").unwrap().clone())
        })
        .collect()
}

fn text_or_list(value: &Node) -> Vec<String> {
    let val = value.find("val").unwrap();
    if value
        .text_of("classname")
        .eq_ignore_ascii_case("tpropertystringlist")
    {
        return val.children.iter().map(|item| item.text.clone()).collect();
    }
    vec![val.text.clone()]
}

/// The names of the properties that are asked for, in lower case.
fn asked(question: &Node) -> Vec<String> {
    let list = question
        .children
        .iter()
        .find(|child| child.name.ends_with("propertylist"))
        .unwrap();
    list.children
        .iter()
        .map(|item| item.text_of("propname").to_lowercase())
        .collect()
}

fn properties(question: &Node, account: &Account, faults: &super::Faults) -> String {
    let named = asked(question).into_iter().map(|name| match name.as_str() {
        "u_alias" | "u_emailalias" => item(&name, Some(&account.aliases.join(";"))),
        "a_aliaslist" if !faults.no_alias_list => {
            let escaped: Vec<_> = account.aliases.iter().map(|alias| escape(alias)).collect();
            let list = format!("<item>{}</item>", escaped.join("</item>\n<item>"));
            whole("A_AliasList", &format!("<classname>TPropertyStringList</classname><val>{list}</val>"))
        }
        "a_name" => whole(
            "A_Name",
            &format!(
                "<classname>TAccountName</classname><name>{}</name><surname>{}</surname>",
                escape(&account.name.0),
                escape(&account.name.1)
            ),
        ),
        "a_quota" => whole(
            "A_Quota",
            "<classname>TAccountQuota</classname><mailboxsize>0</mailboxsize><mailboxquota>0</mailboxquota>",
        ),
        _ => item(&name, account.properties.get(&name).map(String::as_str)),
    });
    named.collect()
}

fn page(question: &Node, world: &World) -> String {
    let end = format!("@{}", question.text_of("domainstr").to_lowercase());
    let all: Vec<_> = world
        .accounts
        .iter()
        .filter(|(key, _)| key.ends_with(&end))
        .collect();
    let number = |name| question.text_of(name).parse::<usize>().unwrap();
    let count = number("count").min(world.faults.page.unwrap_or(usize::MAX));
    let rows = all.iter().skip(number("offset")).take(count).map(|(key, account)| {
        let kind = account.properties.get("u_type").map_or("0", String::as_str);
        format!(
            "<item><name>{}</name><email>{key}</email><accounttype>{kind}</accounttype><admintype>0</admintype>\
             <quota><classname>TAccountQuota</classname><mailboxsize>1</mailboxsize><mailboxquota>0</mailboxquota></quota></item>",
            escape(&account.name.0)
        )
    });
    let rows: String = rows.collect();
    format!(
        "{rows}<offset>{}</offset><overallcount>{}</overallcount>",
        number("offset"),
        all.len()
    )
}
