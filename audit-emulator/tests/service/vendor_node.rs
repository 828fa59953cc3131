//! The vendor's Node client works, unmodified, where there is Node: schemas, events, exports.

use std::process::Command;

use crate::support::emulator;

const SCRIPT: &str = r"
const assert = require('assert');
const { WorkOS } = require('@workos-inc/node');
const [url, key, organization] = process.argv.slice(1);
const { hostname, port } = new URL(url);
const workos = new WorkOS(key, { apiHostname: hostname, port: Number(port), https: false });

(async () => {
  const schema = await workos.auditLogs.createSchema({
    action: 'file.moved',
    targets: [{ type: 'file', metadata: { size: 'number' } }],
    metadata: { reason: 'string' },
  });
  assert.equal(schema.version, 1);
  assert.deepEqual(schema.targets, [{ type: 'file', metadata: { size: 'number' } }]);
  for (let version = 2; version <= 12; version += 1) {
    await workos.auditLogs.createSchema({ action: 'file.moved', targets: [{ type: 'file' }] });
  }
  const listed = await workos.auditLogs.listSchemas('file.moved');
  assert.equal(listed.data.length, 10);
  const all = await listed.autoPagination();
  assert.deepEqual(all.map((one) => one.version), [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);

  // A JSON Schema is mangled by this client; the service takes that all the same, and it binds no event.
  const accident = { type: 'object', properties: { size: { type: 'string' } }, required: ['size'] };
  const mangled = await workos.auditLogs.createSchema({ action: 'file.mangled', targets: [{ type: 'file' }], metadata: accident });
  assert.equal(mangled.version, 1);

  const event = {
    action: 'file.moved',
    version: 1,
    occurredAt: new Date(),
    actor: { type: 'user', id: 'user_1', name: 'Zoë' },
    targets: [{ type: 'file', id: 'file_1', metadata: { size: 12.5 } }],
    context: { location: '203.0.113.7', userAgent: 'test' },
    metadata: { reason: 'tidy' },
  };
  await workos.auditLogs.createEvent(organization, event, { idempotencyKey: 'a-key' });
  await workos.auditLogs.createEvent(organization, event, { idempotencyKey: 'a-key' });
  await workos.auditLogs.createEvent(organization, { ...event, action: 'file.mangled', metadata: {} });
  await assert.rejects(
    workos.auditLogs.createEvent(organization, { ...event, targets: [{ type: 'file', id: '1', metadata: { size: 'large' } }] }),
    (error) => error.status === 400 && error.code === 'invalid_audit_log'
      && error.errors.some((one) => one.instancePath === '/targets/0/metadata/size' && one.message === 'must be number'),
  );
  await assert.rejects(workos.auditLogs.createEvent('org_01EHQMYV6MBK39QC5PZXHY59C3', event), { status: 404 });

  const ordered = await workos.auditLogs.createExport({
    organizationId: organization,
    rangeStart: new Date(Date.now() - 3600e3),
    rangeEnd: new Date(Date.now() + 3600e3),
    actions: ['file.moved'],
  });
  assert.equal(ordered.state, 'pending');
  const ready = await workos.auditLogs.getExport(ordered.id);
  assert.equal(ready.state, 'ready');
  const csv = await (await fetch(ready.url)).text();
  assert.equal(csv.trimEnd().split('\r\n').length, 2);
  assert.match(csv, /file_1/);

  const organizations = await workos.organizations.listOrganizations();
  assert.deepEqual(organizations.data.map((one) => one.id), [organization]);
  console.log('done');
})().catch((error) => { console.error(error); process.exit(1); });
";

#[tokio::test]
async fn schemas_events_and_exports() {
    let Some(folder) = crate::support::npm::npm("@workos-inc/node@11") else { return };
    let emulator = emulator().await;
    let output = Command::new("node")
        .args(["-e", SCRIPT, emulator.url(), emulator.api_key(), emulator.organization()])
        .env("NODE_PATH", folder.join("node_modules"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n");
    let actions: Vec<_> = emulator.events().unwrap().iter().map(|event| event.event["action"].clone()).collect();
    assert_eq!(actions, ["file.moved", "file.mangled"]);
}
