//! Several operators at once, each a process of its own.

use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::support::{Desk, Said, full_rounds};

/// Runs as many processes at once as there are commands; what each said.
fn together(commands: Vec<Command>) -> Vec<Said> {
    let spawn = |mut command: Command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let children: Vec<_> = commands.into_iter().map(spawn).collect();
    children.into_iter().map(|child| Said::of(&child.wait_with_output().unwrap())).collect()
}

fn counts() -> (usize, usize) {
    if full_rounds() { (20, 50) } else { (8, 5) }
}

#[test]
fn what_many_add_at_once_is_all_there() {
    let desk = Desk::new();
    let (writers, adds) = counts();
    let mut codes = Vec::new();
    let desk = &desk;
    std::thread::scope(|scope| {
        let add = move |writer: usize| {
            let one = |n| desk.ok(["vendor", "add", "--name", &format!("w{writer} n{n}")]);
            (0..adds).map(one).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..writers).map(|writer| scope.spawn(move || add(writer))).collect();
        for thread in threads {
            codes.extend(thread.join().unwrap());
        }
    });
    let rows = desk.get(["vendor", "list"]);
    assert_eq!(rows.as_array().unwrap().len(), writers * adds);
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), writers * adds, "every record has a code of its own");
    assert_eq!(desk.get(["check"]), Json::Array(Vec::new()));
}

#[test]
fn no_update_is_lost_when_each_demands_the_version_it_saw() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "v", "--notes", "0"]);
    let (writers, _) = counts();
    let desk = &desk;
    std::thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(move || {
                loop {
                    let record = desk.get(["vendor", "show", "V-0001"]);
                    let count: i64 = record["notes"].as_str().unwrap().parse().unwrap();
                    let (new, version) = ((count + 1).to_string(), record["version"].to_string());
                    let said =
                        desk.run(["vendor", "edit", "V-0001", "--notes", &new, "--if-version", &version]);
                    match said.code {
                        0 => return,
                        3 => {}
                        other => panic!("{other}: {}", said.err),
                    }
                }
            });
        }
    });
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["notes"], writers.to_string());
}

#[test]
fn many_first_starts_make_one_register() {
    let rounds = if full_rounds() { 10 } else { 2 };
    for _ in 0..rounds {
        let desk = Desk::new();
        let commands = (0..20)
            .map(|_| {
                let mut command = desk.command();
                command.args(["vendor", "list", "--json"]);
                command
            })
            .collect();
        for said in together(commands) {
            assert_eq!((said.code, said.out.as_str()), (0, "[]\n"), "{}", said.err);
        }
        assert_eq!(desk.get(["info"])["counts"]["templates"], 19);
        let folder = desk.path(".local/share/vendeck");
        let files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(files.iter().all(|name| !name.to_string_lossy().contains(".new")), "{files:?}");
    }
}
