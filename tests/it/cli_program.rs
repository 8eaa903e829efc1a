//! The program itself on the command line: settings, help, flags, configuration, its output.

use serde_json::{Value as Json, json};

use crate::cli::add;
use crate::support::{Desk, Said};

#[test]
fn settings_are_set_and_told() {
    let desk = Desk::new();
    assert_eq!(desk.get(["get", "base_currency"]), json!({ "base_currency": "CNY" }));
    assert_eq!(desk.ok(["set", "base_currency", "cad"]), "CAD\n");
    assert_eq!(desk.get(["get"])["base_currency"], "CAD");
    desk.ok(["vendor", "add", "--name", "v"]);
    let record = add(&desk, &["contract", "add", "--vendor", "V-0001", "--title", "t", "--value", "$5"]);
    assert_eq!(record["value"], json!({ "minor": 500, "currency": "CAD" }));
    desk.refuses(2, ["set", "base_currency", "XYZ"]);
    desk.refuses(2, ["get", "shoe_size"]);
}

#[test]
fn a_new_register_takes_its_currency_from_the_locale() {
    let desk = Desk::new();
    let output = desk.command().env("LANG", "en_CA.UTF-8").args(["get", "base_currency"]).output().unwrap();
    assert_eq!(output.stdout, b"CAD\n");
}

#[test]
fn the_program_tells_about_itself() {
    let desk = Desk::new();
    let info = desk.get(["info"]);
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(info["counts"], Json::Null, "asking makes no register");
    assert!(!std::path::Path::new(info["register"].as_str().unwrap()).exists());
    desk.ok(["vendor", "add", "--name", "v"]);
    let info = desk.get(["info"]);
    assert_eq!(info["counts"]["vendors"], 1);
    assert_eq!(info["user"], "mei.lin");
    let sqlite: Vec<u32> =
        info["sqlite"].as_str().unwrap().split('.').map(|part| part.parse().unwrap()).collect();
    assert!(sqlite >= vec![3, 54, 0]);
    assert!(desk.ok(["info", "--lang", "zh"]).contains("登记册"));
}

#[test]
fn help_completions_and_manual_come_from_the_tables() {
    let desk = Desk::new();
    let help = desk.ok(["contract", "add", "--help"]);
    assert!(
        help.contains("--starts-on") && help.contains("master, order, nda, dispatch, amendment"),
        "{help}"
    );
    let help = desk.ok(["contract", "add", "--help", "--lang", "zh"]);
    assert!(help.contains("合同编号") && help.contains("用法"), "{help}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.ok(["completions", shell]).contains("credit-code"), "{shell}");
    }
    let man = desk.ok(["man"]);
    assert!(man.contains(".TH") && man.contains("credit\\-code"), "{man}");
    assert_eq!(desk.ok(["--version"]), format!("vendeck {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn global_flags_stand_before_and_behind_the_command() {
    let desk = Desk::new();
    let db = desk.path("other.db");
    let db = db.to_str().unwrap();
    desk.ok(["--db", db, "vendor", "add", "--name", "x", "--user", "zhao.lei"]);
    assert_eq!(desk.get(["vendor", "list", "--db", db]).as_array().unwrap().len(), 1);
    assert_eq!(desk.get(["--json", "--db", db, "history"])[0]["user"], "zhao.lei");
    assert_eq!(desk.get(["vendor", "list"]), json!([]));
    let said = desk.refuses(2, ["due", "--today", "tomorrow"]);
    assert!(said.contains("--today: “tomorrow” is not a day"), "{said}");
}

#[test]
fn an_empty_variable_is_an_unset_one() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "v"]);
    let names =
        ["VENDECK_DB", "VENDECK_USER", "VENDECK_TODAY", "LC_ALL", "LANG", "XDG_DATA_HOME", "NO_COLOR"];
    let run = |args: &[&str]| desk.command().envs(names.map(|name| (name, ""))).args(args).output().unwrap();
    let said = Said::of(&run(&["vendor", "list", "--json"]));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(said.out.contains("V-0001"), "{}", said.out);
    assert_eq!(Said::of(&run(&["vendor", "list", "--db", ""])).code, 2, "an empty flag is a mistake");
}

#[test]
fn a_wrong_command_line_is_told_in_both_languages() {
    let desk = Desk::new();
    assert!(desk.refuses(2, ["vendor", "add", "--shoe", "1"]).contains("--shoe"));
    let said = desk.refuses(2, ["--lang", "zh", "vendor", "add", "--shoe", "1"]);
    assert!(said.contains("没有参数“--shoe”"), "{said}");
    let said = desk.refuses(2, ["--lang", "zh", "vendor", "add"]);
    assert!(said.contains("缺少名称"), "{said}");
    let output = desk.command().env("LANG", "zh_CN.UTF-8").args(["show", "nobody"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("没有找到"));
}

#[test]
fn a_theme_that_is_not_there_is_refused() {
    let desk = Desk::new();
    let said = desk.refuses(2, ["vendor", "list", "--theme", "nope"]);
    assert!(said.contains("nope") && said.contains("dark, light"), "{said}");
    desk.ok(["vendor", "list", "--theme", "light"]);
    desk.file(".config/vendeck/config.toml", "theme = \"ligth\"\n");
    let said = desk.refuses(2, ["vendor", "list"]);
    assert!(said.contains("“ligth” is no theme; there are dark, light, 16-colour,"), "{said}");
}

#[test]
fn the_configuration_chooses_and_a_wrong_key_is_named_with_its_place() {
    let desk = Desk::new();
    desk.file(".config/vendeck/config.toml", "lang = \"zh\"\nuser = \"wang.fang\"\n");
    assert!(desk.run(["show", "nobody"]).err.contains("没有找到"));
    assert!(desk.run(["show", "nobody", "--lang", "en"]).err.contains("Nothing was found"));
    desk.ok(["vendor", "add", "--name", "v"]);
    assert_eq!(desk.get(["history"])[0]["user"], "wang.fang");
    desk.file(".config/vendeck/config.toml", "lang = \"en\"\ncolour = 1\n");
    let said = desk.refuses(2, ["vendor", "list"]);
    assert!(said.contains("config.toml, line 2, column 1: unknown field `colour`"), "{said}");
    desk.ok(["--help"]);
}

#[test]
fn hostile_text_comes_out_harmless_and_unchanged() {
    let desk = Desk::new();
    let hostile = [
        "a\u{1b}[2J\u{1b}[31mRED",
        "\u{1b}]52;c;ZWNobyBwd25lZA==\u{7}",
        "a\u{9b}31mz",
        "pay\u{200b}pal",
        "\u{202e}gpj.exe",
        "tab\there\nand line\rthere",
        "-rf",
        "--json",
        "=1+1",
        "O'Brien & Sons (UK) A-B* \"x\" AND NOT NEAR ^ {",
        "100%_\\",
        "Robert'); DROP TABLE vendors;--",
        "☎\u{fe0f} Ltd",
    ];
    for (at, name) in hostile.iter().enumerate() {
        let record = add(&desk, &["vendor", "add", "--name", name, "--notes", name]);
        // Line breaks are for long text; in a name each is a space.
        assert_eq!(record["name"], name.replace(['\n', '\r'], " "));
        assert_eq!(record["notes"], *name);
        let code = record["code"].as_str().unwrap().to_owned();
        for args in [
            vec!["vendor", "show", &code],
            vec!["show", &code],
            vec!["history", &code],
            vec!["vendor", "show", &code, "--json"],
            vec!["find", name],
        ] {
            let said = desk.run(&args);
            assert!(said.code == 0 || args[0] == "find", "{args:?} {}", said.err);
            let unsafe_char = |c: char| c != '\n' && vendeck::clean::is_unsafe(c);
            assert!(!said.out.contains(unsafe_char), "{args:?}: {:?}", said.out);
            assert!(!said.err.contains(unsafe_char), "{args:?}: {:?}", said.err);
        }
        assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), at + 1);
    }
    for name in ["O'Brien & Sons", "100%_\\", "Robert')"] {
        assert_eq!(desk.run(["find", name]).code, 0, "{name}");
    }
    let said = desk.run(["find", "\u{1b}[2J"]);
    assert!(!said.err.contains('\u{1b}'));
    let said = desk.refuses(2, ["vendor", "\u{1b}[2J\u{202e}"]);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    desk.refuses(2, ["vendor", "add", "--name", "x", "--tier", "\u{1b}[2J"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read as _;
    use std::process::Stdio;
    let desk = Desk::new();
    let path = desk.path("d.db");
    desk.ok(["demo", "--keep", path.to_str().unwrap()]);
    let mut child = desk
        .command()
        .args(["--db", path.to_str().unwrap(), "history", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut byte = [0_u8];
    child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}
