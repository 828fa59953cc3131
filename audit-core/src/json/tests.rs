use super::Json;

fn texts(json: &str) -> Vec<&str> {
    Json(json).parts().map(|part| part.0).collect()
}

#[test]
fn parts_are_whole_values() {
    assert_eq!(
        texts(r#"{"a":1,"b":[{"c":"}"},-2.5e3],"d\"":true}"#),
        [
            "\"a\"",
            "1",
            "\"b\"",
            r#"[{"c":"}"},-2.5e3]"#,
            r#""d\"""#,
            "true"
        ]
    );
    assert_eq!(
        texts("{ \"a\" :\n1 ,\t\"b\": null }"),
        ["\"a\"", "1", "\"b\"", "null"]
    );
    assert_eq!(texts("{}"), [""; 0]);
    assert_eq!(texts("[]"), [""; 0]);
}

#[test]
fn damaged_text_ends_early_and_never_panics() {
    let whole = r#"{"a":"\u00e9\\\"","b":[1,{"c":"é🦀"}],"d":-1.5}"#;
    for (end, _) in whole.char_indices() {
        for part in Json(&whole[..end]).parts() {
            let _ = part.text();
            let _ = serde_json::to_string(&part);
        }
    }
    // The last one is an escape of more than one byte.
    for text in [
        "",
        "\"",
        "{",
        "}",
        "]]",
        "\"\\\"",
        "{\"a\\\":1",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"\\é\"",
    ] {
        assert_eq!(Json(text).text(), None, "{text}");
        let _ = Json(text).parts().count();
    }
}

#[test]
fn escapes_are_what_serde_json_reads() {
    for text in [
        r#""a""#,
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u0000\u001f\u00e9\u20AC""#,
        r#""\ud83e\udd80x""#,
        r#""é🦀""#,
    ] {
        assert_eq!(
            Json(text).text().unwrap(),
            serde_json::from_str::<String>(text).unwrap()
        );
    }
}

#[test]
fn serializes_as_it_stands() {
    for text in [
        r#"{"a":1,"b":{"c":[],"d":{}},"e":["x\n",true,false,null]}"#,
        "[0,-1,18446744073709551615,-9223372036854775808,9007199254740993]",
        "[1.5,0.1,-0.0,1e+300,5e-324,1.7976931348623157e+308,123456789.12345679]",
    ] {
        assert_eq!(serde_json::to_string(&Json(text)).unwrap(), text);
    }
}
