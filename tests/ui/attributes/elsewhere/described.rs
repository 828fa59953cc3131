macro_rules! described {
    () => {
        #[derive(audit_core::AuditValue)]
        enum Plan {
            #[doc = include_str!("docs_elsewhere.md")]
            Free,
        }
    };
}
