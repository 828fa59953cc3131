//! Each fault leaves exactly one version.

use std::time::{Duration, Instant};

use audit_emulator::Fault;

use super::site::{Site, count};
use crate::support::Run;

const SCHEMAS: &str = "POST /audit_logs/actions/*/schemas";

/// Pushes two actions through a fault.
fn through(fault: &str) -> (Site, Run) {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.write("user.signed_out", 1, &["a"]);
    site.production()
        .fault(fault.parse::<Fault>().expect("a fault"));
    let run = site.run(&["push", "--env", "production", "--yes", "--timeout", "1"]);
    (site, run)
}

/// What is right whatever happened.
#[track_caller]
fn is_right(site: &Site) {
    for action in ["user.signed_in", "user.signed_out"] {
        assert_eq!(
            site.production().schemas(action).expect("schemas").len(),
            1,
            "{action}"
        );
        assert_eq!(site.server(action, 1), Some(1), "{action}");
    }
    site.production().clear_faults();
    site.plan().ends(0);
}

#[test]
fn an_error_after_the_commit() {
    for status in [500, 502, 503, 504, 408] {
        let (site, run) = through(&format!("{SCHEMAS} status={status} commit times=1"));
        run.ends(0);
        assert_eq!(
            count(site.production(), "POST"),
            2,
            "{status}: looked up, and not sent again"
        );
        is_right(&site);
    }
}

#[test]
fn an_error_before_the_commit() {
    let (site, run) = through(&format!("{SCHEMAS} status=503 times=2"));
    run.ends(0);
    assert_eq!(count(site.production(), "POST"), 4);
    is_right(&site);
}

#[test]
fn a_connection_that_is_dropped() {
    for (when, posts) in [("after-commit", 2), ("before-commit", 3)] {
        let (site, run) = through(&format!("{SCHEMAS} disconnect={when} times=1"));
        run.ends(0);
        assert_eq!(count(site.production(), "POST"), posts, "{when}");
        is_right(&site);
    }
}

#[test]
fn a_timeout() {
    // Carried out at once and answered too late; and carried out too late.
    for fault in ["delay=3s commit times=1", "delay=1500ms times=1"] {
        let (site, run) = through(&format!("{SCHEMAS} {fault}"));
        run.ends(0);
        is_right(&site);
    }
}

#[test]
fn a_rate_limit_is_waited_for() {
    let begun = Instant::now();
    let (site, run) = through(&format!("{SCHEMAS} status=429 retry-after=2 times=1"));
    let run = run.ends(0);
    assert!(
        begun.elapsed() >= Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    assert!(
        run.stderr.contains("refuses more requests for now (429)")
            && run.stderr.contains("asking again in 2.0 s"),
        "{}",
        run.stderr
    );
    assert_eq!(count(site.production(), "POST"), 3);
    is_right(&site);
}

#[test]
fn the_lists_are_asked_again_too() {
    for fault in [
        "GET /audit_logs/actions status=503 times=2",
        "GET /audit_logs/actions/*/schemas status=429 retry-after=0 times=3",
        "GET disconnect=before-commit times=1",
    ] {
        let (site, run) = through(fault);
        run.ends(0);
        is_right(&site);
    }
}

#[test]
fn a_failure_of_one_action_stops_no_other() {
    let (site, run) = through("POST /audit_logs/actions/user.signed_in/schemas status=422");
    let run = run.ends(1);
    assert!(
        run.stdout.contains(
            "error[not-registered]: user.signed_in version 1 wasn't registered in production: "
        ),
        "{}",
        run.stdout
    );
    assert_eq!(
        run.summary(),
        "1 registered, 0 adopted, 0 up to date, 1 failed"
    );
    assert_eq!(
        (
            site.server("user.signed_in", 1),
            site.server("user.signed_out", 1)
        ),
        (None, Some(1))
    );
    assert_eq!(
        count(site.production(), "POST"),
        2,
        "what is refused isn't sent again"
    );
    site.production().clear_faults();
    site.push().ends(0);
    is_right(&site);
}

#[test]
fn a_service_that_only_fails_is_given_up() {
    let (site, run) = through(&format!("{SCHEMAS} status=500"));
    let run = run.ends(1);
    assert_eq!(
        run.summary(),
        "0 registered, 0 adopted, 0 up to date, 2 failed"
    );
    assert!(
        !site.project.exists("schemas/registrations/production.json")
            || site.server("user.signed_in", 1).is_none()
    );
    site.production().clear_faults();
    site.push().ends(0);
    is_right(&site);
}

/// What can't be prevented is found afterwards and reported.
#[test]
fn a_request_that_is_carried_out_after_it_was_given_up() {
    let (site, run) = through("POST /audit_logs/actions/user.signed_in/schemas delay=3s times=1");
    let run = run.ends(0);
    let there = site
        .production()
        .schemas("user.signed_in")
        .expect("schemas")
        .len();
    assert_eq!(
        run.stdout
            .contains("warning[registered-twice]: user.signed_in version 1"),
        there == 2,
        "{}",
        run.stdout
    );
    assert_eq!(site.server("user.signed_in", 1), Some(1));
    std::thread::sleep(Duration::from_secs(2));
    let there = site
        .production()
        .schemas("user.signed_in")
        .expect("schemas")
        .len();
    let plan = site.plan().ends(0);
    assert_eq!(
        plan.stdout
            .contains("user.signed_in 1   is version 1 there (and 2)"),
        there == 2,
        "{}",
        plan.stdout
    );
}

#[test]
fn an_error_that_no_retry_helps_is_looked_up_and_not_repeated() {
    for (status, committed) in [(501, ""), (501, "commit"), (599, "commit")] {
        let (site, run) = through(&format!(
            "POST /audit_logs/actions/user.signed_in/schemas status={status} {committed} times=1"
        ));
        run.ends(i32::from(committed.is_empty()));
        assert_eq!(count(site.production(), "POST"), 2, "{status} {committed}");
        if committed.is_empty() {
            site.push().ends(0);
        }
        is_right(&site);
    }
}

#[test]
fn a_rate_limit_below_the_number_of_requests_at_once() {
    let site = Site::new();
    for number in 0..8 {
        site.write(&format!("many.action_{number}"), 1, &["a"]);
    }
    site.production()
        .fault("rate=6/1s".parse::<Fault>().expect("a fault"));
    assert_eq!(
        site.push().ends(0).summary(),
        "8 registered, 0 adopted, 0 up to date"
    );
}
