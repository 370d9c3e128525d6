//! The glyphs of `resources/fonts/lucide.ttf`. Made by `resources/fonts/make`; not to be edited by hand.

use super::Icon;

impl Icon {
    pub const ANCHOR: Self = Self('\u{e03f}');
    pub const ARCHIVE: Self = Self('\u{e041}');
    pub const ARROW_LEFT: Self = Self('\u{e048}');
    pub const ARROW_RIGHT: Self = Self('\u{e049}');
    pub const ARROW_RIGHT_LEFT: Self = Self('\u{e417}');
    pub const AT_SIGN: Self = Self('\u{e04e}');
    pub const BADGE_CHECK: Self = Self('\u{e241}');
    pub const BRICK_WALL_SHIELD: Self = Self('\u{e690}');
    pub const CALENDAR: Self = Self('\u{e063}');
    pub const CHECK: Self = Self('\u{e06c}');
    pub const CHEVRON_DOWN: Self = Self('\u{e06d}');
    pub const CHEVRON_RIGHT: Self = Self('\u{e06f}');
    pub const CHEVRON_UP: Self = Self('\u{e070}');
    pub const CIRCLE_ALERT: Self = Self('\u{e077}');
    pub const CIRCLE_CHECK: Self = Self('\u{e226}');
    pub const CIRCLE_DASHED: Self = Self('\u{e4b0}');
    pub const CIRCLE_PAUSE: Self = Self('\u{e07f}');
    pub const CIRCLE_QUESTION_MARK: Self = Self('\u{e082}');
    pub const CIRCLE_X: Self = Self('\u{e084}');
    pub const CLOCK: Self = Self('\u{e087}');
    pub const COPY: Self = Self('\u{e09e}');
    pub const DOWNLOAD: Self = Self('\u{e0b2}');
    pub const EXTERNAL_LINK: Self = Self('\u{e0b9}');
    pub const EYE: Self = Self('\u{e0ba}');
    pub const EYE_OFF: Self = Self('\u{e0bb}');
    pub const FILE_CODE_CORNER: Self = Self('\u{e45e}');
    pub const FILE_PEN_LINE: Self = Self('\u{e320}');
    pub const FILE_SPREADSHEET: Self = Self('\u{e326}');
    pub const FILE_TEXT: Self = Self('\u{e0cc}');
    pub const FILE_UP: Self = Self('\u{e32a}');
    pub const FLASK_CONICAL: Self = Self('\u{e0d5}');
    pub const FOLDER: Self = Self('\u{e0d7}');
    pub const FOLDER_OPEN: Self = Self('\u{e247}');
    pub const GLOBE: Self = Self('\u{e0e8}');
    pub const HARD_DRIVE: Self = Self('\u{e0ed}');
    pub const HOURGLASS: Self = Self('\u{e296}');
    pub const INBOX: Self = Self('\u{e0f7}');
    pub const INFO: Self = Self('\u{e0f9}');
    pub const KEY_ROUND: Self = Self('\u{e4a3}');
    pub const LANGUAGES: Self = Self('\u{e0fe}');
    pub const LIST_CHECKS: Self = Self('\u{e1d0}');
    pub const LOADER_CIRCLE: Self = Self('\u{e10a}');
    pub const LOCK: Self = Self('\u{e10b}');
    pub const LOCK_KEYHOLE: Self = Self('\u{e531}');
    pub const LOCK_OPEN: Self = Self('\u{e10c}');
    pub const MAIL: Self = Self('\u{e10f}');
    pub const MAIL_CHECK: Self = Self('\u{e361}');
    pub const MAILS: Self = Self('\u{e369}');
    pub const MINUS: Self = Self('\u{e11c}');
    pub const MOON: Self = Self('\u{e11e}');
    pub const OCTAGON_ALERT: Self = Self('\u{e127}');
    pub const PAUSE: Self = Self('\u{e12e}');
    pub const PENCIL: Self = Self('\u{e1f9}');
    pub const PLAY: Self = Self('\u{e13c}');
    pub const PLUS: Self = Self('\u{e13d}');
    pub const ROTATE_CW: Self = Self('\u{e149}');
    pub const SCROLL_TEXT: Self = Self('\u{e45f}');
    pub const SEARCH: Self = Self('\u{e151}');
    pub const SEARCH_CHECK: Self = Self('\u{e4aa}');
    pub const SEND: Self = Self('\u{e152}');
    pub const SERVER: Self = Self('\u{e153}');
    pub const SHEET: Self = Self('\u{e157}');
    pub const SHIELD_ALERT: Self = Self('\u{e1fe}');
    pub const SHIELD_CHECK: Self = Self('\u{e1ff}');
    pub const SHIP: Self = Self('\u{e3ba}');
    pub const SKIP_FORWARD: Self = Self('\u{e160}');
    pub const SQUARE: Self = Self('\u{e167}');
    pub const SUN: Self = Self('\u{e178}');
    pub const TRASH_2: Self = Self('\u{e18e}');
    pub const TRIANGLE_ALERT: Self = Self('\u{e193}');
    pub const UNPLUG: Self = Self('\u{e45d}');
    pub const UPLOAD: Self = Self('\u{e19e}');
    pub const USER_COG: Self = Self('\u{e342}');
    pub const USER_PLUS: Self = Self('\u{e1a2}');
    pub const USERS: Self = Self('\u{e1a4}');
    pub const WAND_SPARKLES: Self = Self('\u{e357}');
    pub const WAYPOINTS: Self = Self('\u{e542}');
    pub const WIFI_OFF: Self = Self('\u{e1af}');
    pub const X: Self = Self('\u{e1b2}');
    pub const ZAP: Self = Self('\u{e1b4}');

    /// All of them.
    #[cfg(test)]
    pub const ALL: &[Self] = &[
        Self::ANCHOR,
        Self::ARCHIVE,
        Self::ARROW_LEFT,
        Self::ARROW_RIGHT,
        Self::ARROW_RIGHT_LEFT,
        Self::AT_SIGN,
        Self::BADGE_CHECK,
        Self::BRICK_WALL_SHIELD,
        Self::CALENDAR,
        Self::CHECK,
        Self::CHEVRON_DOWN,
        Self::CHEVRON_RIGHT,
        Self::CHEVRON_UP,
        Self::CIRCLE_ALERT,
        Self::CIRCLE_CHECK,
        Self::CIRCLE_DASHED,
        Self::CIRCLE_PAUSE,
        Self::CIRCLE_QUESTION_MARK,
        Self::CIRCLE_X,
        Self::CLOCK,
        Self::COPY,
        Self::DOWNLOAD,
        Self::EXTERNAL_LINK,
        Self::EYE,
        Self::EYE_OFF,
        Self::FILE_CODE_CORNER,
        Self::FILE_PEN_LINE,
        Self::FILE_SPREADSHEET,
        Self::FILE_TEXT,
        Self::FILE_UP,
        Self::FLASK_CONICAL,
        Self::FOLDER,
        Self::FOLDER_OPEN,
        Self::GLOBE,
        Self::HARD_DRIVE,
        Self::HOURGLASS,
        Self::INBOX,
        Self::INFO,
        Self::KEY_ROUND,
        Self::LANGUAGES,
        Self::LIST_CHECKS,
        Self::LOADER_CIRCLE,
        Self::LOCK,
        Self::LOCK_KEYHOLE,
        Self::LOCK_OPEN,
        Self::MAIL,
        Self::MAIL_CHECK,
        Self::MAILS,
        Self::MINUS,
        Self::MOON,
        Self::OCTAGON_ALERT,
        Self::PAUSE,
        Self::PENCIL,
        Self::PLAY,
        Self::PLUS,
        Self::ROTATE_CW,
        Self::SCROLL_TEXT,
        Self::SEARCH,
        Self::SEARCH_CHECK,
        Self::SEND,
        Self::SERVER,
        Self::SHEET,
        Self::SHIELD_ALERT,
        Self::SHIELD_CHECK,
        Self::SHIP,
        Self::SKIP_FORWARD,
        Self::SQUARE,
        Self::SUN,
        Self::TRASH_2,
        Self::TRIANGLE_ALERT,
        Self::UNPLUG,
        Self::UPLOAD,
        Self::USER_COG,
        Self::USER_PLUS,
        Self::USERS,
        Self::WAND_SPARKLES,
        Self::WAYPOINTS,
        Self::WIFI_OFF,
        Self::X,
        Self::ZAP,
    ];
}
