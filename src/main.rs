//! The program: hands the command line to the library and its answer to the caller.

fn main() -> std::process::ExitCode {
    vendeck::shell::run()
}
