//! Ctrl-Z and SIGTSTP: the shell has its terminal back, and later the screen is there again.

use rustix::process::{Pid, Signal, kill_process};

use crate::pty::Tty;
use crate::support::Desk;

/// The program as a job of a shell that leaves its number in a file.
const NUMBERED: &str = "sh -c 'echo $$ >pid; exec vendeck demo'";

/// Sends a signal to the program of [`NUMBERED`].
fn send(desk: &Desk, signal: Signal) {
    let pid = std::fs::read_to_string(desk.path("pid")).unwrap().trim().parse().unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
}

/// Runs a command as a job of a shell, which says when it stopped and goes on with it after Enter.
fn job(desk: &Desk, command: &str) -> Tty {
    let script = format!("{command}; echo the job stopped; read key; fg; echo the job ended");
    Tty::shell(desk, "-mc", &script).sees("NEEDS ATTENTION")
}

/// The shell has the terminal; then the program goes on where it was, and ends.
fn stops_and_goes_on(tty: Tty) {
    let tty = tty.sees("the job stopped");
    tty.is_given_back();
    let tty = tty.press("\r").sees("Overview").press("\u{1b}:q\r");
    let (_, said) = tty.given_back();
    assert!(said.contains("the job ended"), "{said}");
}

#[test]
fn the_job_stops_and_goes_on_wherever_ctrl_z_is_pressed() {
    let desk = Desk::new();
    let before: [(&str, &str); 5] = [
        ("", ""),
        ("\u{10}tysj", "+86 20 5550 0131"),
        (":ven", ":ven"),
        ("?", "THIS SCREEN"),
        ("2/zz", "/zz"),
    ];
    for (keys, seen) in before {
        let tty = job(&desk, "vendeck demo");
        let tty = if keys.is_empty() { tty } else { tty.press(keys).sees(seen) };
        stops_and_goes_on(tty.press("\u{1a}"));
    }
}

#[test]
fn a_script_that_waits_for_the_program_stops_with_it() {
    let desk = Desk::new();
    stops_and_goes_on(job(&desk, "sh -c 'vendeck demo; true'").press("\u{1a}"));
}

#[test]
fn a_stop_asked_by_another_gives_the_terminal_back_too() {
    let desk = Desk::new();
    let tty = job(&desk, NUMBERED);
    send(&desk, Signal::TSTP);
    stops_and_goes_on(tty);
}

#[test]
fn after_a_stop_nobody_can_handle_the_terminal_is_taken_anew() {
    let desk = Desk::new();
    let script = format!("{NUMBERED}; stty sane; echo the job stopped; read key; fg");
    let tty = Tty::shell(&desk, "-mc", &script).sees("NEEDS ATTENTION");
    // Stopped in the midst of a sequence, the terminal would take the shell's words for the rest of it.
    tty.settled();
    send(&desk, Signal::STOP);
    let tty = tty.sees("the job stopped").press("\r").sees_no("the job stopped");
    // A key without Enter is heard: the modes of the line are ours again.
    tty.press("2").sees("1 of 35").press(":q\r").given_back();
}

#[test]
fn the_job_stops_with_the_editor_it_has_opened() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    desk.ok(["--db", register.to_str().unwrap(), "vendor", "add", "--name", "Alpha"]);
    desk.file("editor", "kill -TSTP 0\n");
    let tty = job(&desk, "EDITOR='sh editor' vendeck --db r.db").press("2").sees("1 of 1").press("E");
    stops_and_goes_on(tty);
}

#[test]
fn without_a_shell_that_could_continue_it_the_program_goes_on() {
    let desk = Desk::new();
    Tty::demo(&desk).press("\u{1a}2").sees("1 of 35").press(":q\r").given_back();
}
