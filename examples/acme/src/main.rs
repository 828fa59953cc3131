//! A morning at Acme, as its audit log tells it: one JSON line an event. With a file of registrations as its argument,
//! `schemas/registrations/production.json`, the lines are as that environment takes them.

use std::error::Error;
use std::time::{Duration, SystemTime};

use acme_billing::{Account, BillingPeriod, ChangeReason, Plan, Subscription, SubscriptionChanged};
use acme_events::{
    Agent, AgentExecuted, ApiKey, ApiKeyCreated, ApiKeyRevoked, Change, Client, CountryCode,
    DataRegion, File, FileMoved, FileVersion, Folder, Invitation, InvitationSource, Job,
    JobExecuted, JobOutcome, MemberBulkInvited, MembershipRoleChanged, Principal, Recorder,
    RequestMeta, RevocationReason, Role, RunStatus, Scope, SignInMethod, Trigger, User,
    UserSignedIn, Workspace,
};
use audit_core::{Actor, BuildError, Context, Registrations, Text, TooLong};

fn main() -> Result<(), Box<dyn Error>> {
    let registrations = std::env::args()
        .nth(1)
        .map(Registrations::load)
        .transpose()?;
    let mut outbox = Vec::new();
    record(&mut outbox)?;
    for event in String::from_utf8(outbox)?.lines() {
        match &registrations {
            Some(registrations) => println!("{}", registrations.to_wire(event)?),
            None => println!("{event}"),
        }
    }
    Ok(())
}

fn record(outbox: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let context = Context::new("203.0.113.7").user_agent("Mozilla/5.0 (X11; Linux x86_64)");
    let mut recorder = Recorder::new(context.clone(), SystemTime::now, &mut *outbox);

    recorder.try_record(sign_in()?)?;
    recorder.record(promotion()?)?;
    for event in invitations(&context)? {
        recorder.write(&event)?;
    }
    recorder.try_record(new_key(&zoe(), &deploy_key(), &workspace(), &request()?))?;
    let folders = [(7, "drafts", false), (8, "2026", true)].map(|(id, name, open)| Folder {
        id,
        name: name.into(),
        open,
    });
    recorder.try_record(moved_file(
        &Principal::ApiKey(deploy_key()),
        &file(),
        &folders,
        &request()?,
    ))?;
    recorder.try_record(agent_run()?)?;
    recorder.try_record_by(
        &Actor::new("sales", "sales_12").name("Ines Prado"),
        upgrade(),
    )?;

    // An event that no request caused: an empty context.
    let mut nightly = Recorder::new(Context::empty(), SystemTime::now, outbox);
    nightly.try_record(leaked_key(&deploy_key(), &workspace()))?;
    nightly.try_record(clean_up()?)?;
    Ok(())
}

fn zoe() -> User {
    User {
        id: "usr_zoe".into(),
        full_name: Some("Zoë Ashworth".into()),
        role: Role::Admin,
        email: "zoe@initech.example".into(),
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA".into(),
        totp_seed: Some("JBSWY3DPEHPK3PXP".into()),
    }
}

fn workspace() -> Workspace {
    Workspace {
        id: 42,
        name: "Initech".into(),
        data_region: DataRegion::EuCentral,
        encryption_key: "9f86d081884c7d65".into(),
    }
}

fn deploy_key() -> ApiKey {
    ApiKey {
        id: "key_deploy".into(),
        label: "Deployments".into(),
        prefix: "ak_live_7f3a".into(),
        role: Role::Member,
        secret: "ak_live_7f3aQ9vTn2".into(),
    }
}

fn request() -> Result<RequestMeta, TooLong> {
    Ok(RequestMeta {
        request_id: Text::new("018f2b1c-0000-7000-8000-000000000042")?,
        attempt: 0,
        trace_id: None,
        client: Client::WebApp,
    })
}

fn sign_in() -> Result<UserSignedIn, TooLong> {
    Ok(UserSignedIn {
        user: zoe(),
        workspace: workspace(),
        method: SignInMethod::Passkey,
        mfa: true,
        session_id: "ses_8KQ2".into(),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64)".into(),
        country: Some(CountryCode::new("DE")?),
        failures_before: 1,
        request: request()?,
        cached: false,
    })
}

fn promotion() -> Result<MembershipRoleChanged, TooLong> {
    let member = User {
        id: "usr_raj".into(),
        full_name: None,
        role: Role::Guest,
        email: "raj@initech.example".into(),
        ..zoe()
    };
    Ok(MembershipRoleChanged {
        by: Principal::User(zoe()),
        member,
        workspace: workspace(),
        role: Change {
            previous: Role::Guest,
            current: Role::Member,
        },
        note: Some("Joins the data team \"for good\"".into()),
        request: request()?,
    })
}

/// Twenty-five people: two events, the workspace in each of them.
fn invitations(context: &Context) -> Result<Vec<audit_core::Event>, BuildError> {
    let invitation = |number: u32| Invitation {
        id: format!("inv_{number}"),
        email: format!("person{number}@initech.example"),
        role: Role::Member,
        token: format!("accept-{number}-d41d8cd98f00b204"),
    };
    MemberBulkInvited::builder()
        .by(Principal::User(zoe()))
        .workspace(workspace())
        .invitations((1..=25).map(invitation).collect::<Vec<_>>())
        .total(25)
        .source(InvitationSource::CsvUpload)
        .domains(["initech.example".to_owned()])
        .context(context)
        .try_build_all()
}

fn new_key<'a>(
    by: &'a User,
    key: &'a ApiKey,
    workspace: &'a Workspace,
    request: &'a RequestMeta,
) -> ApiKeyCreated<'a> {
    let scopes = vec![Scope::FilesRead, Scope::FilesWrite];
    ApiKeyCreated {
        by,
        key,
        workspace,
        scopes,
        expires_in_days: 90.try_into().ok(),
        request,
    }
}

fn file() -> File {
    File {
        id: "file_9".into(),
        name: "Q3 figures.xlsx".into(),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        version: FileVersion {
            number: 3,
            bytes: 48_213,
        },
        download_url: "https://files.acme.example/9?signature=5e884898da28".into(),
    }
}

fn moved_file<'a>(
    by: &'a Principal,
    file: &'a File,
    [from, to]: &'a [Folder; 2],
    request: &'a RequestMeta,
) -> FileMoved<'a> {
    FileMoved {
        by,
        file,
        from,
        to,
        path: Change {
            previous: "/drafts",
            current: "/board/2026",
        },
        request,
    }
}

fn agent_run() -> Result<AgentExecuted, TooLong> {
    Ok(AgentExecuted {
        by: Principal::User(zoe()),
        workspace: workspace(),
        agent: Agent {
            id: "agt_contracts".into(),
            name: "Contract reader".into(),
            model: "large-3".into(),
            revision: 14,
            instructions: "Never mention the Hooli deal.".into(),
        },
        run: Text::new("run_01JD3")?,
        parent: None,
        trigger: Trigger::Conversation,
        status: RunStatus::Succeeded,
        duration: Duration::from_millis(48_210),
        steps: 7,
        input_tokens: 91_422,
        output_tokens: 3_180,
        credits: 0.42,
        tools: ["search_files", "read_file", "write_table"]
            .map(str::to_owned)
            .to_vec(),
        error: None,
    })
}

fn upgrade() -> SubscriptionChanged {
    SubscriptionChanged {
        account: Account {
            id: "acct_initech".into(),
            legal_name: Some("Initech GmbH".into()),
            billing_email: "billing@initech.example".into(),
        },
        subscription: Subscription {
            id: "sub_7".into(),
            period: BillingPeriod::Yearly,
        },
        plan: Plan::Enterprise,
        previous_plan: Plan::Team,
        seats: 250,
        previous_seats: 40,
        reason: ChangeReason::Upgrade,
        coupon: None,
    }
}

fn leaked_key<'a>(key: &'a ApiKey, workspace: &'a Workspace) -> ApiKeyRevoked<'a> {
    ApiKeyRevoked {
        by: &Principal::Scheduler,
        key,
        workspace,
        reason: RevocationReason::Leaked,
        requests_made: 1_204,
        reported_by: Some("code-host.example"),
    }
}

fn clean_up() -> Result<JobExecuted, Box<dyn Error>> {
    Ok(JobExecuted {
        by: Principal::Scheduler,
        workspace: workspace(),
        job: Job {
            name: "expire_links",
            max_attempts: 5,
        },
        run_id: Text::new("run_01JD9")?,
        attempt: 1.try_into()?,
        outcome: JobOutcome {
            records_read: 812,
            records_changed: 31,
            records_failed: 0,
            incomplete: false,
        },
        duration: Duration::from_secs(2),
    })
}
