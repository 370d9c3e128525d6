//! Words for a command that cannot be understood.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::{self, PROGRAM};
use super::fail::{self, Failure};
use super::{Exit, out};
use crate::t;

/// Shows the help or version somebody asked for; or says what is wrong with what was typed.
pub(super) fn explain(error: &clap::Error) -> Result<Exit, Failure> {
    let of = |kind| fail::masked(&error.get(kind).map(text_of).unwrap_or_default());
    let what = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that went away is no error.
            let _ = error.print();
            return Ok(Exit::Good);
        }
        ErrorKind::MissingSubcommand => t!("cli-usage-no-command"),
        ErrorKind::InvalidSubcommand => t!(
            "cli-usage-unknown-command",
            command = of(ContextKind::InvalidSubcommand)
        ),
        ErrorKind::UnknownArgument => t!(
            "cli-usage-unknown-option",
            option = of(ContextKind::InvalidArg)
        ),
        ErrorKind::MissingRequiredArgument => {
            t!("cli-usage-missing", options = of(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            t!("cli-usage-repeated", option = of(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            t!("cli-usage-no-value", option = of(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => t!(
            "cli-usage-value",
            option = of(ContextKind::InvalidArg),
            value = of(ContextKind::InvalidValue),
        ),
        ErrorKind::TooManyValues => t!("cli-usage-too-much", value = of(ContextKind::InvalidValue)),
        _ => t!("cli-usage-other"),
    };
    let mut failure = Failure::usage(what).remedy(remedy(error));
    let valid = of(ContextKind::ValidValue);
    if !valid.is_empty() {
        failure = failure.detail(t!("cli-usage-valid", values = valid));
    }
    if error.kind() == ErrorKind::MissingSubcommand {
        out::note(&args::command().render_help().to_string());
    }
    Err(failure)
}

/// The nearest thing that would have been right, or where to read on.
fn remedy(error: &clap::Error) -> String {
    let nearest = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|kind| error.get(kind))
    .map(text_of);
    match nearest {
        Some(nearest) => t!("cli-usage-did-you-mean", nearest = nearest),
        None => t!("cli-usage-help", program = PROGRAM),
    }
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStrs(texts) => {
            let texts: Vec<_> = texts.iter().map(ToString::to_string).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    }
}
