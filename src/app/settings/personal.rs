//! The settings of this machine: which there are, the value in force and where it comes from.
//!
//! The program writes none of their files but the key map's and the views'; so they are told here, with what
//! to edit or which command changes them.

use crate::app::look::ThemeName;
use crate::app::state::State;
use crate::texts::{Sentence, Text, text};

/// A setting of this machine.
#[derive(Debug)]
pub struct Spec {
    /// Its key.
    pub key: &'static str,
    /// What people call it.
    pub label: Text,
    /// What it is, in a sentence without its beginning and end.
    pub meaning: Text,
    /// How it is changed.
    pub how: Text,
}

/// Every setting of this machine, in the order in which they are listed.
pub const PERSONAL: &[Spec] = &[
    Spec {
        key: "lang",
        label: text("Language", "语言"),
        meaning: text("the language of screens and messages", "界面与提示的语言"),
        how: text(
            ":lang zh for now, lang = \"zh\" in config.toml for good, or --lang zh",
            "本次用 :lang zh；长期请在 config.toml 中写 lang = \"zh\"，或用 --lang zh",
        ),
    },
    Spec {
        key: "theme",
        label: text("Theme", "主题"),
        meaning: text("the colours of the screens", "界面颜色"),
        how: text(
            ":theme light for now, theme = \"light\" in config.toml for good, or --theme light",
            "本次用 :theme light；长期请在 config.toml 中写 theme = \"light\"，或用 --theme light",
        ),
    },
    Spec {
        key: "glyphs",
        label: text("Signs", "符号"),
        meaning: text(
            "the signs of frames and marks: unicode, wide or ascii",
            "边框与标记所用符号：unicode、wide 或 ascii",
        ),
        how: text(
            "glyphs = \"wide\" in config.toml, or --ascii",
            "在 config.toml 中写 glyphs = \"wide\"，或用 --ascii",
        ),
    },
    Spec {
        key: "layout",
        label: text("Keyboards", "键盘布局"),
        meaning: text(
            "the layouts whose letters count as the keys they lie on",
            "哪些布局的字母按所在键位识别",
        ),
        how: text(
            "[layout] in config.toml, such as use = [\"greek\"]",
            "config.toml 的 [layout]，如 use = [\"greek\"]",
        ),
    },
    Spec {
        key: "user",
        label: text("Operator", "操作人"),
        meaning: text("the name that stands in the history", "历史中记录的操作人"),
        how: text(
            "user = \"NAME\" in config.toml, $VENDECK_USER, or --user NAME",
            "config.toml 中的 user = \"名字\"、$VENDECK_USER 或 --user 名字",
        ),
    },
    Spec {
        key: "db",
        label: text("Register", "登记册"),
        meaning: text("the file that is open", "当前打开的文件"),
        how: text(
            "db = \"FILE\" in config.toml, $VENDECK_DB, or --db FILE",
            "config.toml 中的 db = \"文件\"、$VENDECK_DB 或 --db 文件",
        ),
    },
    Spec {
        key: "config",
        label: text("Configuration", "配置文件"),
        meaning: text("the file of what is yours", "您的个人配置"),
        how: text("edit the file in an editor; it is read at the start", "用编辑器修改该文件；启动时读取"),
    },
    Spec {
        key: "keymap",
        label: text("Keys of your own", "自定义按键"),
        meaning: text("the file of keys that lie over the usual ones", "覆盖默认按键的文件"),
        how: text(":bind, Ctrl-T in help, or edit the file", ":bind、帮助内 Ctrl-T，或修改该文件"),
    },
    Spec {
        key: "views",
        label: text("Views", "视图"),
        meaning: text("the file of your views and columns", "视图与列的文件"),
        how: text("f and c in a list, :views, or edit the file", "列表中的 f 与 c、:views，或修改该文件"),
    },
    Spec {
        key: "drafts",
        label: text("Drafts", "草稿"),
        meaning: text("the folder of what was typed and not saved", "未保存输入的保留位置"),
        how: text(
            "its place is the platform's; $XDG_STATE_HOME moves it",
            "位置由系统决定；可用 $XDG_STATE_HOME 更改",
        ),
    },
];

/// A setting of this machine as it was at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Which.
    pub key: &'static str,
    /// Its value.
    pub value: String,
    /// Where the value comes from.
    pub from: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody chose it.
    Default,
    /// A file.
    File(String),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
    /// A command of this session.
    Session(&'static str),
    /// The terminal told it.
    Terminal,
    /// It is not there yet: the file is made when there is something to keep.
    NotYet,
}

impl Personal {
    /// The value in force and where it comes from: what a command of this session changed goes before.
    #[must_use]
    pub fn now(&self, state: &State) -> (String, Origin) {
        let (now, command) = match self.key {
            "lang" => (Some(state.lang.word()), ":lang"),
            "theme" => (state.look.theme.map(ThemeName::word), ":theme"),
            _ => (None, ""),
        };
        match now {
            Some(now) if now != self.value => (now.to_owned(), Origin::Session(command)),
            _ => (self.value.clone(), self.from.clone()),
        }
    }
}

impl Origin {
    /// In words.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Default => text("default", "默认").into(),
            Self::File(path) => Sentence::from(text("{path}", "{path}")).with("path", path),
            Self::Environment(name) => Sentence::from(text("${name}", "${name}")).with("name", name),
            Self::Flag(flag) => Sentence::from(text("{flag}", "{flag}")).with("flag", flag),
            Self::Session(command) => {
                Sentence::from(text("{command}, until you leave", "{command}，本次有效"))
                    .with("command", command)
            }
            Self::Terminal => text("the terminal told it", "由终端告知").into(),
            Self::NotYet => text("not there yet", "尚未建立").into(),
        }
    }
}
