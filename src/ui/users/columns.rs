//! What the columns of a list are, where the list does not say it for certain: a person chooses, with the first rows
//! before the eyes.
//!
//! Promises: passwords are dots; of two columns one cannot be what another is already. Deliberately absent: guessing
//! (`crate::users::mapping`). The columns stand below each other, so that a list with a hundred of them can be read.

use std::sync::Arc;

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, scrollable, space};
use iced::{Center, Element, Fill};

use super::Message;
use super::edit::DOTS;
use super::import::Read;
use super::words;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::dialog::SAFE;
use crate::ui::widget::table::{head, head_line};
use crate::ui::widget::{Choice, Elide, Select, button, check, hairline, hint};
use crate::users::{Field, Mapping, Table, preview};

/// The first list to choose from has the focus.
pub(super) const FIRST: Id = Id::new("users-column-0");

/// Rows shown of the list.
const ROWS: usize = 3;

const FIELDS: [Field; 11] = [
    Field::Login,
    Field::Password,
    Field::Address,
    Field::DestinationLogin,
    Field::DestinationPassword,
    Field::FullName,
    Field::FirstName,
    Field::LastName,
    Field::Aliases,
    Field::Group,
    Field::Ignored,
];

/// The question.
#[derive(Debug)]
pub(super) struct Panel {
    pub file: String,
    pub table: Arc<Table>,
    pub mapping: Mapping,
}

impl Panel {
    pub fn new(read: Read) -> Self {
        Self {
            file: read.file,
            table: read.table,
            mapping: read.mapping,
        }
    }

    /// A column is this; another that was it is no more.
    pub fn choose(&mut self, column: usize, field: Field) {
        for other in &mut self.mapping.columns {
            if *other == field {
                *other = Field::Ignored;
            }
        }
        if let Some(chosen) = self.mapping.columns.get_mut(column) {
            *chosen = field;
        }
    }

    pub fn view(&self, pane: Pane) -> Element<'_, Message> {
        let able = self.mapping.has_login();
        let title = row![
            Icon::FILE_SPREADSHEET.show(20.0, |t| t.accent_ink),
            say(t!("users-columns-title"), 17, SEMIBOLD, |t| t.ink).width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        let about = words::doubt(&self.mapping, &self.file);
        let top = column![title, say(about, 13, REGULAR, |t| t.ink_2)].spacing(8);
        let header = check(
            self.mapping.header,
            t!("users-columns-header"),
            None,
            Message::Header(!self.mapping.header),
        );
        let mut bottom = row![header, space::horizontal()].spacing(8).align_y(Center);
        bottom = bottom
            .push(button(t!("ui-cancel")).id(SAFE).on(Message::Dismiss))
            .push(
                button(t!("users-columns-import"))
                    .primary()
                    .icon(Icon::FILE_UP)
                    .on(able.then_some(Message::Confirm)),
            );
        let mut foot = column![].spacing(12);
        if !able {
            let words = t!("users-columns-no-login");
            foot = foot.push(hint(Icon::TRIANGLE_ALERT, |t| t.warn, words));
        }
        let foot = container(foot.push(bottom))
            .padding([16, 24])
            .width(Fill)
            .style(theme::card_bottom(|t| t.sunken, 11.0));
        let list = container(self.list()).max_height((pane.size.height - 320.0).max(160.0));
        container(column![
            container(top).padding([20, 24]),
            hairline(),
            list,
            hairline(),
            foot
        ])
        .width(780)
        .padding(1)
        .style(theme::dialog)
        .into()
    }

    fn list(&self) -> Element<'_, Message> {
        let seen = preview(&self.table, &self.mapping, ROWS);
        let mut heads = row![
            head(t!("users-columns-column")).width(120),
            head(t!("users-columns-holds")).width(210),
        ]
        .spacing(12);
        for (number, _) in &seen.rows {
            let words = t!("users-columns-row", number = number.to_string());
            heads = heads.push(head(words).fill());
        }
        let mut lines = column![];
        for (at, field) in self.mapping.columns.iter().enumerate() {
            let number = t!("users-columns-number", number = (at + 1).to_string());
            let name = seen.header.as_ref().and_then(|header| header.get(at));
            let name = name.filter(|name| !name.trim().is_empty());
            let name = name.map_or(number, |name| (*name).to_owned());
            let choices = FIELDS
                .into_iter()
                .map(|field| Choice::new(holds(field), Message::Column(at, field)))
                .collect();
            let chosen = FIELDS.iter().position(|one| one == field);
            let id = if at == 0 {
                FIRST
            } else {
                Id::from(format!("users-column-{at}"))
            };
            let select = Select::new(choices, chosen).id(id).small().width(210);
            let used = *field != Field::Ignored;
            let ink: Role = if used { |t| t.ink } else { |t| t.ink_3 };
            let mut line = row![
                Elide::new(name, 13, MEDIUM, ink).width(120),
                Element::from(select),
            ]
            .spacing(12)
            .align_y(Center);
            for (_, cells) in &seen.rows {
                let cell = cells.get(at).copied().unwrap_or_default();
                let shown = if field.is_secret() && !cell.is_empty() {
                    DOTS
                } else {
                    cell
                };
                line = line.push(Elide::new(shown, 13, REGULAR, ink).fill());
            }
            if at > 0 {
                lines = lines.push(hairline());
            }
            lines = lines.push(container(line).padding([0, 24]).center_y(40).width(Fill));
        }
        let heads = container(heads).padding([0, 8]).width(Fill);
        column![
            head_line(heads, false),
            scrollable(lines).style(theme::scroll).width(Fill),
        ]
        .into()
    }
}

/// What a column can hold.
fn holds(field: Field) -> String {
    match field {
        Field::Login => t!("users-login"),
        Field::Password => t!("users-password"),
        Field::Address => t!("users-address"),
        Field::DestinationLogin => t!("users-field-destination-login"),
        Field::DestinationPassword => t!("users-own-password"),
        Field::FirstName => t!("users-field-first-name"),
        Field::LastName => t!("users-field-last-name"),
        Field::FullName => t!("users-field-full-name"),
        Field::Aliases => t!("users-field-aliases"),
        Field::Group => t!("users-field-group"),
        Field::Ignored => t!("users-field-ignored"),
    }
}
