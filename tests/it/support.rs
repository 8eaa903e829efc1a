//! A desk of one's own: a temporary home, and the program run in it as a user would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// The day on which every test runs.
pub(crate) const TODAY: &str = "2026-07-26";

/// A temporary home with a register of its own.
pub(crate) struct Desk {
    home: TempDir,
}

/// What a run of the program said.
pub(crate) struct Said {
    /// Stdout.
    pub(crate) out: String,
    /// Stderr.
    pub(crate) err: String,
    /// The exit code.
    pub(crate) code: i32,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// A path in the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file into the home.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with this home, in English, on the tests' day.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vendeck"));
        command.env_clear().envs(self.env()).current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    /// The environment of a run: this home, this user, the tests' day.
    pub(crate) fn env(&self) -> [(&'static str, String); 4] {
        [
            ("HOME", self.home.path().to_string_lossy().into_owned()),
            ("USER", "mei.lin".to_owned()),
            ("VENDECK_TODAY", TODAY.to_owned()),
            ("TERM", "xterm-256color".to_owned()),
        ]
    }

    pub(crate) fn run<A: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        Said::of(&self.command().args(args).output().unwrap())
    }

    /// Runs a command that must succeed; its stdout.
    pub(crate) fn ok<A: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let said = self.run(args);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        said.out
    }

    /// Runs a command with `--json`; what it printed, and its exit code.
    pub(crate) fn json<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> (Json, i32) {
        let said = self.run(args.into_iter().chain(["--json"]));
        let json = serde_json::from_str(&said.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err));
        (json, said.code)
    }

    /// Runs a command with `--json` that must succeed.
    pub(crate) fn get<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Json {
        let (json, code) = self.json(args);
        assert_eq!(code, 0, "{json}");
        json
    }

    /// Runs a command that must refuse with this code; what it said on stderr.
    pub(crate) fn refuses<'a>(&self, code: i32, args: impl IntoIterator<Item = &'a str>) -> String {
        let said = self.run(args);
        assert_eq!(said.code, code, "{}{}", said.out, said.err);
        assert_eq!(said.out, "", "nothing stands on stdout when a command refuses");
        assert!(!said.err.is_empty(), "a refusal says why");
        said.err
    }
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// Whether loops run all their rounds, as when figures are taken.
pub(crate) fn full_rounds() -> bool {
    std::env::var("VENDECK_ROUNDS").is_ok_and(|rounds| rounds == "full")
}

/// `few` rounds, or `all` when figures are taken.
pub(crate) fn rounds(few: usize, all: usize) -> usize {
    if full_rounds() { all } else { few }
}

/// Numbers that look random and are the same each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn of(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A file of the data that nobody here wrote, copied nowhere; `None` (said on stderr) where the
/// data is not there.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("VENDECK_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there; VENDECK_TEST_DATA names the folder", path.display());
    None
}
