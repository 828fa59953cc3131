use std::io;

use tempfile::TempDir;

use super::*;
use crate::config;
use crate::console::{Color, Console};
use crate::testing::event;

fn folder() -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join(CONFIG), "")?;
    Ok(folder)
}

fn console() -> Console {
    Console::new(Color::Never, true)
}

fn message(result: Result<Store, Failure>) -> String {
    match result {
        Err(Failure::Message { message, .. }) => message,
        other => format!("no failure: {other:?}"),
    }
}

#[test]
fn reads_what_it_wrote_and_nothing_else() -> io::Result<()> {
    let folder = folder()?;
    let store = config::store(folder.path()).expect("an empty folder");
    let event = event("user.signed_in", 12).event();
    store.write_body(&event).expect("written");
    store.write_event(&event).expect("written");
    store
        .apply(&Changes::default(), [("user.signed_in", 12)], &console())
        .expect("written");
    for stray in [
        "README.md",
        "user.signed_in/v01.json",
        "user.signed_in/v0.json",
        "user.signed_in/notes.json",
    ] {
        fs::write(folder.path().join(stray), "stray")?;
    }
    let store = config::store(folder.path()).expect("a folder");
    assert_eq!(
        store.committed().collect::<Vec<_>>(),
        [("user.signed_in", 12)]
    );
    let files = &store.versions[&("user.signed_in".into(), 12)];
    assert_eq!(files.body.as_deref(), Some(event.body.as_bytes()));
    assert!(files.event.is_some());
    assert!(store.index_is_current(&BTreeSet::new()));
    Ok(())
}

#[test]
fn the_folder_of_an_action_that_no_file_system_takes_is_encoded() -> io::Result<()> {
    let folder = folder()?;
    let store = config::store(folder.path()).expect("an empty folder");
    let actions = ["USER_REGISTERED", "agents:create", "con.aux", "index.txt"];
    for action in actions {
        store
            .write_body(&event(action, 1).event())
            .expect("written");
        store
            .write_event(&event(action, 1).event())
            .expect("written");
    }
    store
        .apply(
            &Changes::default(),
            actions.map(|action| (action, 1)),
            &console(),
        )
        .expect("written");
    let store = config::store(folder.path()).expect("a folder");
    assert_eq!(
        store
            .committed()
            .map(|(action, _)| action)
            .collect::<Vec<_>>(),
        actions
    );
    assert!(store.index_is_current(&BTreeSet::new()) && store.unrecognized.is_empty());
    let index = fs::read_to_string(folder.path().join("index.txt"))?;
    let lines: Vec<_> = index.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "%63on.aux/v1.json",
            "%69ndex.txt/v1.json",
            "USER_REGISTERED/v1.json",
            "agents%3Acreate/v1.json"
        ]
    );
    for line in lines {
        assert!(actions.contains(&name_of(line).expect("a body's name").0.as_str()));
    }
    store.remove("agents:create", 1).expect("removed");
    assert!(!folder.path().join("agents%3Acreate").exists());
    Ok(())
}

#[test]
fn removes_what_it_is_told_and_empty_folders_only() -> io::Result<()> {
    let folder = folder()?;
    let store = config::store(folder.path()).expect("an empty folder");
    for version in [1, 2] {
        store
            .write_body(&event("a.b", version).event())
            .expect("written");
    }
    store.remove("a.b", 1).expect("removed");
    assert!(!store.body_path("a.b", 1).exists() && store.body_path("a.b", 2).exists());
    store.remove("a.b", 2).expect("removed");
    assert!(!folder.path().join("a.b").exists());
    store.remove("a.b", 2).expect("nothing left to remove");
    Ok(())
}

#[test]
fn says_what_cannot_be_read() -> io::Result<()> {
    let missing = tempfile::tempdir()?;
    assert!(message(config::store(missing.path())).starts_with("no "));

    let taken = folder()?;
    fs::write(
        taken.path().join("user.signed_in"),
        "a file where a folder should be",
    )?;
    let store = config::store(taken.path()).expect("a file is no schema, whatever its name");
    assert!(store.versions.is_empty() && store.unrecognized.is_empty());

    let taken = folder()?;
    fs::create_dir_all(taken.path().join("user.signed_in/v1.json"))?;
    assert!(message(config::store(taken.path())).contains("v1.json"));

    let broken = folder()?;
    fs::create_dir(broken.path().join(REGISTRATIONS))?;
    fs::write(
        broken.path().join("registrations/production.json"),
        "{\"a.b\": 1}",
    )?;
    assert!(message(config::store(broken.path())).contains("production.json"));
    Ok(())
}

/// As builds judge them: no file, no verdict.
#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_not_absent() -> io::Result<()> {
    use std::os::unix::fs::symlink;

    for (to, why) in [
        ("v1.json", "symbolic links"),
        ("gone.json", "a link to a file that isn't there"),
    ] {
        let linked = folder()?;
        fs::create_dir_all(linked.path().join("user.signed_in"))?;
        symlink(to, linked.path().join("user.signed_in/v1.json"))?;
        let message = message(config::store(linked.path()));
        assert!(
            message.contains("v1.json") && message.contains(why),
            "{message}"
        );
    }
    Ok(())
}

/// A pipe would be waited for, and a device has no end.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() -> io::Result<()> {
    use std::os::unix::fs::symlink;

    for place in [
        "audit.toml",
        "index.txt",
        "user.signed_in/v1.json",
        "user.signed_in/v1.event.json",
        "registrations/eu.json",
    ] {
        for is_pipe in [true, false] {
            let odd = folder()?;
            let path = odd.path().join(place);
            fs::create_dir_all(path.parent().expect("a folder"))?;
            let _ = fs::remove_file(&path);
            if is_pipe {
                assert!(
                    std::process::Command::new("mkfifo")
                        .arg(&path)
                        .status()?
                        .success()
                );
            } else {
                symlink("/dev/zero", &path)?;
            }
            let message = message(config::store(odd.path()));
            assert!(message.contains(place), "{message}");
        }
    }
    Ok(())
}

#[test]
fn a_checkout_with_other_line_ends_is_the_same() {
    assert!(holds(b"{\r\n}\r\n", "{\n}\n"));
    assert!(holds(b"{\n}\n", "{\n}\n"));
    assert!(!holds(b"{\n}", "{\n}\n"));
    assert!(!holds(b"{\r}\n", "{\n}\n"));
}

#[test]
fn finds_the_folder_upwards() -> io::Result<()> {
    let root = tempfile::tempdir()?;
    let deep = root.path().join("crates/größe und maß/src");
    fs::create_dir_all(&deep)?;
    fs::create_dir_all(root.path().join("crates/schemas"))?;
    assert_eq!(
        find_upwards(&deep),
        None,
        "a folder without the mark isn't one"
    );
    fs::create_dir(root.path().join(FOLDER))?;
    fs::write(root.path().join(FOLDER).join(CONFIG), "")?;
    assert_eq!(find_upwards(&deep), Some(root.path().join(FOLDER)));
    assert_eq!(
        find_within(&deep, root.path()),
        Some(root.path().join(FOLDER))
    );
    assert_eq!(
        find_within(&deep, &root.path().join("crates")),
        None,
        "it lies above the workspace"
    );
    assert_eq!(
        find_within(root.path(), &deep),
        Some(root.path().join(FOLDER)),
        "a member that lies elsewhere has its own"
    );
    Ok(())
}
