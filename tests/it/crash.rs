//! Kills in the middle of everything: what was acknowledged is there, nothing is half done.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value as Json;

use crate::support::{Desk, rounds};

/// Milliseconds until a kill, another in each round, without a clock or chance.
fn moment(round: usize, of: usize) -> Duration {
    Duration::from_millis(5 + u64::try_from((round * 37 + of * 13) % 76).unwrap())
}

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "info"]);
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
            std::thread::park_timeout(moment(round, of));
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
    desk.ok(["--db", path, "info"]);
    let rows = 400;
    let mut whole = 0;
    for round in 0..rounds(4, 50) {
        let lines: String = (0..rows).map(|n| format!("Vendor {round} {n},Kind {n}\n")).collect();
        let file = desk.file("list.csv", format!("name,category\n{lines}"));
        let mut command = desk.command();
        command.args(["--db", path, "import", file.to_str().unwrap(), "--as", "vendors", "--json"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::park_timeout(moment(round, 7) * 3);
        let _ = child.kill();
        child.wait().unwrap();
        let count = desk.get(["--db", path, "vendor", "list"]).as_array().unwrap().len();
        assert_eq!(count % rows, 0, "round {round} left a part of an import");
        assert!(count / rows == whole || count / rows == whole + 1);
        whole = count / rows;
    }
    assert_eq!(desk.json(["--db", path, "check"]).0, Json::Array(Vec::new()));
}

#[test]
fn a_killed_backup_is_whole_or_not_there() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    for round in 0..rounds(6, 100) {
        let mut command = desk.command();
        command.args(["backup", "b.db"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::park_timeout(moment(round, 5));
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
