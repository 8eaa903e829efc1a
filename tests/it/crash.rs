//! Kills in the middle of everything: what was acknowledged is there, nothing is half done.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::support::{Desk, Said, rounds};

/// How long a command takes on this machine, from which kills at every part of it follow.
struct Whole(Duration);

impl Whole {
    fn of(desk: &Desk, args: &[&str]) -> Self {
        let began = Instant::now();
        desk.ok(args);
        Self(began.elapsed())
    }

    /// The time until a kill, another in each round and without chance: from a twentieth of the
    /// whole to one and a half.
    fn moment(&self, round: usize, of: usize) -> Duration {
        self.0 * u32::try_from(5 + (round * 37 + of * 13) % 146).unwrap() / 100
    }
}

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "vendor", "list"]);
    let whole = Whole::of(&desk, &["--db", path, "vendor", "add", "--name", "First"]);
    let mut acknowledged = Vec::new();
    for round in 0..rounds(6, 200) {
        let writers: Vec<_> = (0..3)
            .map(|of| {
                let name = format!("Writer {of} in round {round}");
                let mut command = desk.command();
                command
                    .args(["--db", path, "vendor", "add", "--json", "--name", &name])
                    .stdout(Stdio::piped());
                (of, name, command.spawn().unwrap())
            })
            .collect();
        for (of, name, mut child) in writers {
            std::thread::park_timeout(whole.moment(round, of));
            let _ = child.kill();
            let mut out = String::new();
            child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
            child.wait().unwrap();
            if let Ok(record) = serde_json::from_str::<Json>(&out) {
                acknowledged.push((record["code"].as_str().unwrap().to_owned(), name));
            }
        }
    }
    let all = desk.get(["--db", path, "vendor", "list"]);
    let there = |code: &str, name: &str| {
        all.as_array().unwrap().iter().any(|vendor| vendor["code"] == code && vendor["name"] == name)
    };
    for (code, name) in &acknowledged {
        assert!(there(code, name), "{code} {name} was acknowledged and is gone");
    }
    assert!(!acknowledged.is_empty(), "no writer came as far as an answer");
    assert_eq!(desk.json(["--db", path, "check"]).0, Json::Array(Vec::new()));
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "vendor", "list"]);
    let rows = 400;
    let list = |round: usize| {
        let lines: String = (0..rows).map(|n| format!("Vendor {round} {n},Kind {n}\n")).collect();
        desk.file("list.csv", format!("name,category\n{lines}"))
    };
    let first = list(1_000);
    let time = Whole::of(&desk, &["--db", path, "import", first.to_str().unwrap(), "--as", "vendors"]);
    let mut whole = 1;
    for round in 0..rounds(4, 50) {
        let file = list(round);
        let mut command = desk.command();
        command.args(["--db", path, "import", file.to_str().unwrap(), "--as", "vendors", "--json"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::park_timeout(time.moment(round, 7));
        let _ = child.kill();
        child.wait().unwrap();
        let count = desk.get(["--db", path, "vendor", "list"]).as_array().unwrap().len();
        assert_eq!(count % rows, 0, "round {round} left a part of an import");
        assert!(count / rows == whole || count / rows == whole + 1);
        whole = count / rows;
    }
    assert_eq!(desk.json(["--db", path, "check"]).0, Json::Array(Vec::new()));
}

/// What `check` says of the register of a restore that was ended in the middle: the damaged one
/// is still there, or the backup has come in its place. Never none, never a mixture.
#[derive(Debug, PartialEq)]
enum After {
    Old,
    New,
}

/// A backup, and registers that are damaged each in another way.
struct Patient {
    desk: Desk,
    damaged: Vec<Vec<u8>>,
}

impl Patient {
    fn new() -> Self {
        let desk = Desk::new();
        desk.ok(["vendor", "add", "--name", "Alpha"]);
        desk.ok(["backup", "b.db"]);
        let sound = std::fs::read(desk.path("b.db")).unwrap();
        let mut torn = sound.clone();
        let middle = torn.len() / 2;
        torn[middle..].fill(0x5a);
        let mut headless = sound;
        headless[16] = 3;
        Self { desk, damaged: vec![torn, headless] }
    }

    /// Lays a damaged register out, with nothing beside it.
    fn lay_out(&self, round: usize) {
        for entry in std::fs::read_dir(self.desk.path("")).unwrap().flatten() {
            if entry.file_name().to_string_lossy().contains("r.") {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
        self.desk.file("r.db", &self.damaged[round % self.damaged.len()]);
    }

    fn after(&self) -> After {
        assert!(self.desk.path("r.db").exists(), "there is no register any more");
        let check = self.desk.run(["--db", "r.db", "check", "--json"]);
        match check.code {
            5 => After::Old,
            0 => {
                let vendors = self.desk.get(["--db", "r.db", "vendor", "list"]);
                assert_eq!(vendors[0]["name"], "Alpha");
                After::New
            }
            _ => panic!("neither the old register nor the new one: {}{}", check.out, check.err),
        }
    }
}

#[test]
fn a_killed_restore_leaves_the_old_register_or_the_new_one() {
    let patient = Patient::new();
    patient.lay_out(0);
    let whole = Whole::of(&patient.desk, &["--db", "r.db", "restore", "b.db"]);
    for round in 0..rounds(8, 200) {
        patient.lay_out(round);
        let mut command = patient.desk.command();
        command.args(["--db", "r.db", "restore", "b.db"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::park_timeout(whole.moment(round, 3));
        let _ = child.kill();
        child.wait().unwrap();
        patient.after();
        patient.desk.ok(["--db", "r.db", "restore", "b.db"]);
        assert_eq!(patient.after(), After::New, "a second restore does what the first could not");
    }
}

/// No file may grow beyond some size, another in each round, as on a disk without room.
#[test]
fn a_restore_without_room_leaves_the_old_register() {
    let patient = Patient::new();
    let blocks = patient.damaged[0].len() / 512;
    let (mut refused, mut done) = (0, 0);
    for round in 0..12 {
        patient.lay_out(round);
        let script = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";
        let mut command = std::process::Command::new("sh");
        command.env_clear().envs(patient.desk.env()).current_dir(patient.desk.path(""));
        command.arg("-c").arg(script).arg((round * blocks / 8).to_string());
        command.arg(env!("CARGO_BIN_EXE_vendeck")).args(["--db", "r.db", "restore", "b.db"]);
        let said = Said::of(&command.output().unwrap());
        match said.code {
            7 => refused += 1,
            0 => done += 1,
            code => panic!("{code}: {}{}", said.out, said.err),
        }
        let wanted = if said.code == 0 { After::New } else { After::Old };
        assert_eq!(patient.after(), wanted, "round {round}: {}", said.err);
    }
    assert!(refused >= 6 && done >= 1, "{refused} refused, {done} done");
}

#[test]
fn a_killed_backup_is_whole_or_not_there() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    let whole = Whole::of(&desk, &["backup", "first.db"]);
    for round in 0..rounds(6, 100) {
        let mut command = desk.command();
        command.args(["backup", "b.db"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::park_timeout(whole.moment(round, 5));
        let _ = child.kill();
        child.wait().unwrap();
        let backup = desk.path("b.db");
        if backup.exists() {
            assert_eq!(std::fs::metadata(&backup).unwrap().nlink(), 1, "it has no second name");
            desk.ok(["--db", "other.db", "restore", "b.db"]);
            assert_eq!(desk.get(["--db", "other.db", "check"]), Json::Array(Vec::new()));
            std::fs::remove_file(backup).unwrap();
        }
    }
}
