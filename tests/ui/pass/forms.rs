//! Fields in all the forms that the table allows: references, slices, sets, aliases out of macros, lifetimes in `actor = Type`.
#![deny(warnings)]

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context, Text};

const MAX: usize = 7;

#[derive(AuditEntity, Clone)]
#[audit(type = "user")]
struct User<'a> {
    #[audit(id)]
    id: &'a str,
}

#[derive(AuditEntity)]
enum Who<'a> {
    User(&'a User<'a>),
    Boxed(Box<Actor>),
    #[audit(type = "system", id = "cron")]
    Cron,
}

#[derive(AuditEntity)]
enum Nested<'a> {
    Who(Who<'a>),
}

#[derive(AuditMetadata)]
struct Group<'a> {
    borrowed: &'a u32,
    optional: Option<&'a bool>,
    kind: &'a Kind,
}

#[derive(AuditValue, PartialEq, Eq, Hash, Clone, Copy, PartialOrd, Ord)]
enum Kind {
    A,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a kind that displays itself at some length")
    }
}

#[derive(AuditEvent)]
#[audit(action = "forms.all", version = 1, actor = Nested<'static>)]
struct All<'a> {
    #[audit(target)]
    users: &'a [User<'a>],
    #[audit(target, type = "array")]
    array: [&'a User<'a>; 2],
    #[audit(flatten)]
    group: &'a Group<'a>,
    #[audit(join)]
    slice: Box<[u8]>,
    #[audit(join = "|")]
    set: BTreeSet<Kind>,
    #[audit(join)]
    hashed: HashSet<u8>,
    #[audit(join)]
    optional_list: Option<Vec<&'a str>>,
    #[audit(display)]
    displayed: &'a Kind,
    #[audit(display)]
    displayed_number: u64,
    #[audit(display)]
    perhaps_displayed: Option<&'a std::path::Display<'a>>,
    computed: Text<{ 2 * MAX }>,
    named: Text<MAX>,
    cow: Cow<'static, str>,
    #[audit(with = length)]
    text: String,
    #[audit(with = std::string::String::len, rename = "len")]
    other_text: String,
    #[audit(skip)]
    #[allow(dead_code)]
    shared: Rc<()>,
    #[cfg(any())]
    gone: NoType,
    #[cfg_attr(all(), audit(rename = "there"))]
    conditional: bool,
}

#[allow(clippy::ptr_arg)]
fn length(text: &String) -> Option<u8> {
    text.len().try_into().ok()
}

macro_rules! typed {
    ($optional:ty, $list:ty, $text:ty, $key:literal, $max:literal) => {
        #[derive(AuditEvent)]
        #[audit(action = "forms.typed", version = 1, actor = Actor)]
        struct Typed {
            #[audit(target, split = $key)]
            users: $list,
            perhaps: $optional,
            #[audit(max_len = $max)]
            text: $text,
        }
    };
}

typed!(Option<u8>, Vec<User<'static>>, String, "batch", 5);

fn main() {
    let user = User { id: "u" };
    let users = [user.clone(), user.clone()];
    let group = Group { borrowed: &1, optional: None, kind: &Kind::A };
    let path = std::path::Path::new("x").display();
    let event = All {
        users: &users,
        array: [&user, &user],
        group: &group,
        slice: [1, 2].into(),
        set: BTreeSet::from([Kind::A]),
        hashed: HashSet::new(),
        optional_list: Some(vec!["a", "b"]),
        displayed: &Kind::A,
        displayed_number: u64::MAX,
        perhaps_displayed: Some(&path),
        computed: Text::truncated("c"),
        named: Text::truncated("n"),
        cow: "c".into(),
        text: "text".into(),
        other_text: "text".into(),
        shared: Rc::new(()),
        conditional: true,
    };
    let event = event.try_into_event_with_actor(&Nested::Who(Who::Cron), Context::empty()).unwrap();
    for part in [
        r#""slice":"1,2""#,
        r#""optional_list":"a,b""#,
        r#""displayed_number":"18446744073709551615""#,
        r#""len":4"#,
        r#""text":4"#,
    ] {
        assert!(event.as_json().contains(part), "{part}: {}", event.as_json());
    }
    let cron = Actor::new("system", "cron");
    let typed = Typed::builder().users(vec![user.clone()]).maybe_perhaps(Some(1)).text("t").actor(&cron).context(Context::empty());
    assert_eq!(typed.try_build_all().unwrap().len(), 1);
    let _ = (Who::Boxed(Box::new(cron)), Who::User(&user));
}
