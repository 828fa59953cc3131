//! A `where` clause that ends in a comma, as rustfmt writes it.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, Context};

#[derive(AuditMetadata)]
struct Page<T>
where
    T: Clone,
{
    page: T,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User<'a, 'b>
where
    'a: 'b,
{
    #[audit(id)]
    id: &'a str,
    #[audit(name)]
    name: &'b str,
}

#[derive(AuditEvent)]
#[audit(action = "w.viewed", version = 1)]
struct Viewed<'a, 'b>
where
    'a: 'b,
{
    #[audit(actor)]
    actor: User<'a, 'b>,
    #[audit(target)]
    target: User<'a, 'b>,
    #[audit(flatten)]
    page: Page<u8>,
}

fn main() {
    let user = || User { id: "u", name: "n" };
    let _ = Viewed { actor: user(), target: user(), page: Page { page: 1 } }.into_event(Context::empty());
}
