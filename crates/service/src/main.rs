//! The program `madoguchi`: an online counselling window for a public employment office.

mod command;

use std::process::ExitCode;

use clap::Parser;

/// Gives memory back: hashing a password takes 19 MiB for an instant, which the system's allocator
/// keeps, for each thread that ever did it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
