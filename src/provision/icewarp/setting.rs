//! Settings of the server that matter for a migration (`icewarp.md` 5.3): judged, put right, put back.
//!
//! Promises: a variable that an older server does not know is no fault; what is put right is put back as it was, also
//! where putting right ended in the middle. Deliberately absent: words for people, and settings nobody should change
//! for the time of a migration (ports, who may log in).

mod verdict;

use super::Icewarp;
use super::command::Command;
use super::property::{self, Properties, Value};
use super::refusal::{Doing, is_unknown};
use crate::provision::{Former, Setting};
use crate::trouble::{Kind, Trouble};
pub(super) use verdict::judge;

const MIGRATION: &str = "c_system_tools_migration_active";
const IMAP: &str = "c_mail_imap_active";
const APPENDS: &str = "c_system_services_imap_maxappendsperminute";
const BINARY: &str = "c_system_services_imap_allowbinaryappend";
const ANTIVIRUS: &str = "c_av_action_mailimapenabled";
const TARPIT: &str = "c_mail_security_tarpit_enableimappop3";
/// Its name up to 14.3.0.8.
const OLD_TARPIT: &str = "c_mail_security_tarpit_processpop3imap";
const NO_TARPIT: &str = "c_mail_donot_tarpit_ips";
const BLOCK: &str = "c_mail_security_tarpit_blockip";
const BLOCK_VALUE: &str = "c_mail_security_tarpit_blockipvalue";
const CONNECTIONS: &str = "c_system_services_imap_maxinconn";
const BANDWIDTH: &str = "c_system_services_imap_bandwidth";
const ADDRESSES: &str = "c_system_services_imap_iplist";
const ADDRESSES_MODE: &str = "c_system_services_imap_accessmode";
const SIZE: &str = "c_mail_smtp_delivery_maxmsgsize";
const SIZE_ON: &str = "c_mail_smtp_delivery_limitmsgsize";
const LOGIN_FORM: &str = "c_accounts_policies_login_loginsettings";
const ATTEMPTS: &str = "c_accounts_policies_login_attempts";
const ATTEMPTS_BLOCK: &str = "c_accounts_policies_login_block";
const NO_PLAIN: &str = "c_accounts_policies_auth_disableplain";
const BYPASS_2F: &str = "c_accounts_policies_login_bypass_2f";
const POLICY: &str = "c_accounts_policies_pass_enable";
const POLICY_RULES: [&str; 7] = [
    "c_accounts_policies_pass_minlength",
    "c_accounts_policies_pass_digits",
    "c_accounts_policies_pass_nonalphanum",
    "c_accounts_policies_pass_alpha",
    "c_accounts_policies_pass_upperalpha",
    "c_accounts_policies_pass_useralias",
    "c_accounts_policies_pass_expiration",
];
const EXPIRATION: &str = POLICY_RULES[6];
const ARCHIVE: &str = "c_system_tools_autoarchive_imaparchive";
const ARCHIVE_NAME: &str = "c_system_tools_autoarchive_imaparchivename";
/// What the server is.
pub(super) const VERSION: &str = "c_version";

const ALL: &[&str] = &[
    VERSION,
    MIGRATION,
    IMAP,
    APPENDS,
    BINARY,
    ANTIVIRUS,
    TARPIT,
    OLD_TARPIT,
    NO_TARPIT,
    BLOCK,
    BLOCK_VALUE,
    CONNECTIONS,
    BANDWIDTH,
    ADDRESSES,
    ADDRESSES_MODE,
    SIZE,
    SIZE_ON,
    LOGIN_FORM,
    ATTEMPTS,
    ATTEMPTS_BLOCK,
    NO_PLAIN,
    BYPASS_2F,
    POLICY,
    ARCHIVE,
    ARCHIVE_NAME,
];

/// The variables of a setting that can be changed for the time of a migration, the newer name first, and the value
/// that suits it.
fn cure(setting: Setting) -> Option<(&'static [&'static str], &'static str)> {
    match setting {
        Setting::MigrationActive => Some((&[MIGRATION], "0")),
        Setting::AppendRate => Some((&[APPENDS], "0")),
        Setting::BinaryAppend => Some((&[BINARY], "1")),
        Setting::ImapAntivirus => Some((&[ANTIVIRUS], "0")),
        Setting::ImapTarpit => Some((&[TARPIT, OLD_TARPIT], "0")),
        Setting::BlockAddress => Some((&[BLOCK], "0")),
        Setting::ImapBandwidth => Some((&[BANDWIDTH], "0")),
        Setting::PlainDisabled => Some((&[NO_PLAIN], "0")),
        _ => None,
    }
}

impl Icewarp {
    /// The settings that matter.
    pub(super) async fn settings(&self) -> Result<Properties, Trouble> {
        let names: Vec<&str> = ALL.iter().chain(&POLICY_RULES).copied().collect();
        let all = self.variables(&names).await?;
        if all != Properties::default() {
            return Ok(all);
        }
        // One name it does not know may cost an older server the whole answer.
        let mut known = Properties::default();
        for name in names {
            known.extend(self.variables(&[name]).await?);
        }
        Ok(known)
    }

    /// Variables of the server; none where it refuses the question for another reason than the administrator's rights.
    async fn variables(&self, names: &[&str]) -> Result<Properties, Trouble> {
        let command = Command::new("getserverproperties")
            .containing(&property::wanted("serverpropertylist", names));
        match self.session.ask(&command).await {
            Ok(result) => Ok(Properties::read(&result)),
            Err(failed) => {
                let refused = failed.uid().is_some_and(|uid| !is_unknown(uid));
                let trouble = failed.told(Doing::Server, command.name, self.session.label());
                if refused && trouble.kind == Kind::ServerError {
                    return Ok(Properties::default());
                }
                Err(trouble)
            }
        }
    }

    async fn set_variable(&self, variable: &str, value: &str) -> Result<(), Trouble> {
        let value = Value::Text(value.to_owned());
        let command = Command::new("setserverproperties")
            .containing(&property::given("propertyvaluelist", [(variable, value)]));
        let told = self.session.tell(&command).await;
        told.map_err(|failed| {
            let name = format!("{} {variable}", command.name);
            failed.told(Doing::Server, &name, self.session.label())
        })
    }

    pub(super) async fn set_right(&self, settings: &[Setting]) -> Result<Vec<Former>, Trouble> {
        let mut changed = Vec::new();
        for &setting in settings {
            if let Err(trouble) = self.set_one_right(setting, &mut changed).await {
                if let Err(second) = self.set_back(&changed).await {
                    tracing::warn!("{}: {second}", self.session.label());
                }
                return Err(trouble);
            }
        }
        Ok(changed)
    }

    async fn set_one_right(
        &self,
        setting: Setting,
        changed: &mut Vec<Former>,
    ) -> Result<(), Trouble> {
        let Some((variables, better)) = cure(setting) else {
            return Ok(());
        };
        let values = self.variables(variables).await?;
        let known = variables
            .iter()
            .find_map(|name| Some((*name, values.text(name)?)));
        let Some((variable, value)) = known.filter(|(_, value)| value.trim() != better) else {
            return Ok(());
        };
        // Also where the answer is lost: it may have been done.
        changed.push(Former {
            setting,
            variable: variable.to_owned(),
            value: value.to_owned(),
        });
        self.set_variable(variable, better).await
    }

    pub(super) async fn set_back(&self, former: &[Former]) -> Result<(), Trouble> {
        let mut first = Ok(());
        for one in former {
            let done = self.set_variable(&one.variable, &one.value).await;
            first = first.and(done);
        }
        first
    }
}
