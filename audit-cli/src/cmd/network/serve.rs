//! `serve`: the emulator, until somebody ends it.

use std::fmt::Write;
use std::net::SocketAddr;

use audit_emulator::{Builder, Emulator};

use crate::cmd::Outcome;
use crate::args::Serve;
use crate::console::Console;
use crate::failure::{Failure, reason};
use crate::remote::block_on;

pub fn run(args: &Serve, console: &Console) -> Result<Outcome, Failure> {
    let builder = builder(args)?;
    block_on(async {
        let emulator = builder.start().await.map_err(|error| Failure::new(error.to_string()))?;
        if !args.host.is_loopback() {
            console.warn("other machines can reach it: whoever does sees the page with all events, without a key");
        }
        console.print(&said(&emulator, args.json))?;
        tokio::select! {
            () = emulator.stopped() => {}
            ended = ended() => ended?,
        }
        emulator.stop().await;
        Ok(Outcome::fine(""))
    })
}
