//! The program `madoguchi`: an online counselling window for a public employment office.

mod command;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let asked = command::Line::parse();
    match command::run(asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("madoguchi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
