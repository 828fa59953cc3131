//! `serve`: runs the emulator until it is stopped.

use std::net::SocketAddr;

use audit_emulator::{Builder, Emulator, Fault};
use serde_json::json;

use crate::args::Serve;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::{Failure, io_message};
use crate::remote::{ApiKey, block_on};

pub fn run(args: &Serve, console: &Console) -> Result<Outcome, Failure> {
    let builder = builder(args)?;
    block_on(async {
        let emulator = builder
            .start()
            .await
            .map_err(|error| Failure::new(error.message()).help(error.help()))?;
        if !args.host.is_loopback() {
            let writes = if args.api_key_env.is_some() {
                ""
            } else {
                ", and any key that begins `sk_` may write: give it one with --api-key-env"
            };
            console.warn(&format!(
                "other machines can reach it, and its page shows all events without a key{writes}"
            ));
        }
        // A reader of the address may stop it at once.
        let ended = ended()?;
        console.print(&startup_message(&emulator, args))?;
        tokio::select! {
            () = emulator.stopped() => {}
            () = ended => {}
        }
        emulator.stop().await;
        Ok(Outcome::ok(""))
    })
}

fn builder(args: &Serve) -> Result<Builder, Failure> {
    let mut builder = Emulator::builder()
        .address(SocketAddr::new(args.host, args.port))
        .equal_schema(args.equal_schema);
    if let Some(folder) = &args.from {
        builder = builder.schemas(folder);
    }
    if let Some(file) = &args.seed {
        builder = builder.seed(file);
    }
    if let Some(file) = &args.database {
        builder = builder.database(file);
    }
    if let Some(variable) = &args.api_key_env {
        builder = builder.api_key(ApiKey::from_variable(variable)?.expose());
    }
    for fault in &args.faults {
        let fault: Fault = fault
            .parse()
            .map_err(|error| Failure::new(format!("--fault {fault:?}: {error}")))?;
        builder = builder.fault(fault);
    }
    Ok(builder)
}

/// One line for scripts, some for people.
fn startup_message(emulator: &Emulator, args: &Serve) -> String {
    let (url, organization) = (emulator.url(), emulator.organization());
    if args.json {
        return format!(
            "{}\n",
            json!({ "url": url, "organization_id": organization })
        );
    }
    let key = match &args.api_key_env {
        Some(variable) => format!("the API key is the one in {variable}"),
        None => "any API key is taken that begins `sk_`".into(),
    };
    format!(
        "{url}\n  is the Audit Logs API, and in a browser the page with all events\n  {key}\n  the organization is {organization}\n"
    )
}

/// Completes on Ctrl-C or SIGTERM.
fn ended() -> Result<impl Future<Output = ()>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("can't wait for signals: {}", io_message(&error)))
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (
            signal(SignalKind::interrupt()).map_err(failed)?,
            signal(SignalKind::terminate()).map_err(failed)?,
        );
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async move {
        // Without signals it ends with its console.
        if let Err(error) = tokio::signal::ctrl_c().await.map_err(failed) {
            drop(error);
            std::future::pending::<()>().await;
        }
    })
}
