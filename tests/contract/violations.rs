//! Everything that can be rejected: each limit, at its path, and all at once.

use audit_core::{AuditEvent, AuditMetadata, AuditValue, BuildError, Limit, Text};

use crate::fixtures::{CHARS, Document, User, broken, context, document, repeated, user};

#[derive(AuditMetadata)]
struct Request {
    path: String,
    #[audit(max_len = 4)]
    method: Text<8>,
}

#[derive(AuditValue)]
struct Size(u64);

#[derive(AuditEvent)]
#[audit(action = "suite.limits", version = 1)]
struct Limits {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    documents: Vec<Document>,
    free: String,
    #[audit(max_len = 5)]
    limited: String,
    #[audit(max_len = 300)]
    smaller_type: Text<3>,
    wide: u64,
    signed: i64,
    size: Size,
    float: f64,
    single: Option<f32>,
    #[audit(rename = "a-b_C")]
    renamed: Option<String>,
    #[audit(flatten)]
    request: Request,
}

fn fine() -> Limits {
    Limits {
        user: user(),
        documents: vec![document("a")],
        free: String::new(),
        limited: String::new(),
        smaller_type: Text::truncated(""),
        wide: 0,
        signed: 0,
        size: Size(0),
        float: 0.0,
        single: None,
        renamed: None,
        request: Request {
            path: String::new(),
            method: Text::truncated(""),
        },
    }
}

fn only(limits: Limits) -> Vec<(String, Limit)> {
    broken(limits.try_into_event(context()))
}

fn one(path: &str, limit: Limit) -> Vec<(String, Limit)> {
    vec![(path.to_owned(), limit)]
}

#[test]
fn free_text_is_counted_in_characters() {
    for char in CHARS {
        assert_eq!(
            only(Limits {
                free: repeated(char, 500),
                ..fine()
            }),
            []
        );
        assert_eq!(
            only(Limits {
                free: repeated(char, 501),
                ..fine()
            }),
            one("/metadata/free", Limit::Characters(500))
        );
        assert_eq!(
            only(Limits {
                limited: repeated(char, 5),
                ..fine()
            }),
            []
        );
        assert_eq!(
            only(Limits {
                limited: repeated(char, 6),
                ..fine()
            }),
            one("/metadata/limited", Limit::Characters(5))
        );
        let documents = vec![document("a"), document(&repeated(char, 501))];
        assert_eq!(
            only(Limits {
                documents,
                ..fine()
            }),
            one("/targets/1/metadata/owner", Limit::Characters(500))
        );
        let documents = vec![document(&repeated(char, 500))];
        assert_eq!(
            only(Limits {
                documents,
                ..fine()
            }),
            []
        );
    }
}

#[test]
fn the_smaller_limit_wins() {
    let request = |method: &str| Request {
        path: String::new(),
        method: Text::new(method).unwrap(),
    };
    assert_eq!(
        only(Limits {
            request: request("abcd"),
            ..fine()
        }),
        []
    );
    assert_eq!(
        only(Limits {
            request: request("abcde"),
            ..fine()
        }),
        one("/metadata/method", Limit::Characters(4))
    );
    assert!(Limits::SCHEMA_JSON.contains(r#""method": {"maxLength": 4, "type": "string"}"#));
    assert!(Limits::SCHEMA_JSON.contains(r#""smaller_type": {"maxLength": 3, "type": "string"}"#));
}

#[test]
fn integers_are_safe() {
    const MAX: i64 = 9_007_199_254_740_991;
    for signed in [MAX, -MAX, 0] {
        assert_eq!(only(Limits { signed, ..fine() }), []);
    }
    for signed in [MAX + 1, -MAX - 1, i64::MAX, i64::MIN] {
        assert_eq!(
            only(Limits { signed, ..fine() }),
            one("/metadata/signed", Limit::SafeInteger)
        );
    }
    assert_eq!(
        only(Limits {
            wide: MAX.unsigned_abs(),
            ..fine()
        }),
        []
    );
    for wide in [MAX.unsigned_abs() + 1, u64::MAX] {
        assert_eq!(
            only(Limits { wide, ..fine() }),
            one("/metadata/wide", Limit::SafeInteger)
        );
        assert_eq!(
            only(Limits {
                size: Size(wide),
                ..fine()
            }),
            one("/metadata/size", Limit::SafeInteger)
        );
    }
}

#[test]
fn floats_are_finite() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            only(Limits { float, ..fine() }),
            one("/metadata/float", Limit::Finite)
        );
    }
    for float in [
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        -0.0,
        9_007_199_254_740_993.0,
    ] {
        assert_eq!(only(Limits { float, ..fine() }), []);
    }
    for single in [f32::NAN, f32::INFINITY] {
        assert_eq!(
            only(Limits {
                single: Some(single),
                ..fine()
            }),
            one("/metadata/single", Limit::Finite)
        );
    }
}

#[test]
fn one_to_twenty_targets() {
    let with = |count: usize| {
        only(Limits {
            documents: vec![document("a"); count],
            ..fine()
        })
    };
    assert_eq!(with(1), []);
    assert_eq!(with(20), []);
    assert_eq!(with(21), one("/targets", Limit::Targets));
    assert_eq!(with(1000), one("/targets", Limit::Targets));
    let none = with(0);
    assert_eq!(
        none.len(),
        1,
        "too few and missing are one violation: {none:?}"
    );
    assert_eq!(none[0].0, "/targets");
}

#[test]
fn all_at_once_in_the_order_of_the_event() {
    let error = Limits {
        documents: vec![
            document("a"),
            document(&repeated('a', 501)),
            document("c"),
            document(&repeated('é', 600)),
        ],
        free: repeated('a', 777),
        limited: "abcdef".into(),
        wide: 1 << 53,
        float: f64::NAN,
        renamed: Some(repeated('…', 501)),
        request: Request {
            path: repeated('a', 501),
            method: Text::truncated("abcdefgh"),
        },
        ..fine()
    }
    .try_into_event(context())
    .unwrap_err();
    let lines: Vec<_> = error.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "/targets/1/metadata/owner: 501 characters, at most 500 are allowed",
            "/targets/3/metadata/owner: 600 characters, at most 500 are allowed",
            "/metadata/free: 777 characters, at most 500 are allowed",
            "/metadata/limited: 6 characters, at most 5 are allowed",
            "/metadata/wide: 9007199254740992, integers from -9007199254740991 to 9007199254740991 are allowed",
            "/metadata/float: NaN, only finite numbers are allowed",
            "/metadata/a-b_C: 501 characters, at most 500 are allowed",
            "/metadata/path: 501 characters, at most 500 are allowed",
            "/metadata/method: 8 characters, at most 4 are allowed",
        ]
    );
    for (line, violation) in lines.iter().zip(error.violations()) {
        assert!(line.starts_with(violation.path()));
        assert!(line.contains(violation.found()));
        assert_eq!(*line, violation.to_string());
    }
}

#[test]
fn build_errors_are_errors() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    let error: BuildError = Limits {
        float: f64::NAN,
        ..fine()
    }
    .try_into_event(context())
    .unwrap_err();
    is_error(&error);
    assert!(!error.to_string().ends_with('\n'));
}

#[test]
fn secrets_stay_out_of_errors() {
    let secret = format!("hunter2{}", repeated('a', 600));
    let error = Limits {
        free: secret,
        ..fine()
    }
    .try_into_event(context())
    .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[derive(AuditEvent)]
#[audit(action = "suite.two_lists", version = 1)]
struct TwoLists {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    documents: Vec<Document>,
    #[audit(target, type = "template")]
    templates: Vec<Document>,
}

#[test]
fn every_declared_type_is_present() {
    let with = |documents: usize, templates: usize| {
        let documents = vec![document("a"); documents];
        broken(
            TwoLists {
                user: user(),
                documents,
                templates: vec![document("b"); templates],
            }
            .try_into_event(context()),
        )
    };
    assert_eq!(with(1, 1), []);
    assert_eq!(with(10, 10), []);
    for (documents, templates) in [(1, 0), (0, 1), (0, 0), (10, 11), (21, 0)] {
        let broken = with(documents, templates);
        assert_eq!(broken.len(), 1, "{documents} and {templates}: {broken:?}");
        assert_eq!(broken[0].0, "/targets");
    }
}
