// The vendor's Node client, unmodified, against an emulator: schemas, events, exports, organizations, portal links.

const assert = require('assert');
const { WorkOS } = require('@workos-inc/node');
const [url, key, organization, version] = process.argv.slice(2);
const major = Number(version.split('.')[0]);
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
  // Older ones can't list.
  if (major >= 11) {
    const listed = await workos.auditLogs.listSchemas('file.moved');
    assert.equal(listed.data.length, 10);
    const all = await listed.autoPagination();
    assert.deepEqual(all.map((one) => one.version), [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  }

  // A JSON Schema is mangled by this client; the service takes that all the same, and it binds no event.
  const accident = { type: 'object', properties: { size: { type: 'string' } }, required: ['size'] };
  const mangled = await workos.auditLogs.createSchema({ action: 'file.mangled', targets: [{ type: 'file' }], metadata: accident });
  assert.equal(mangled.version, 1);

  const event = {
    action: 'file.moved',
    version: 1,
    occurredAt: new Date(),
    // This client always declares the actor's metadata, so that the object has to be there.
    actor: { type: 'user', id: 'user_1', name: 'Zoë', metadata: {} },
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
  const bare = { ...event.actor };
  delete bare.metadata;
  await assert.rejects(
    workos.auditLogs.createEvent(organization, { ...event, actor: bare }),
    (error) => error.errors.some((one) => one.instancePath === '/actor' && one.keyword === 'required'),
  );
  await assert.rejects(
    workos.auditLogs.createEvent(organization, { ...event, version: 77 }),
    (error) => error.message.startsWith("event 'file.moved', version '77' has not been configured in this environment"),
  );
  const unversioned = { ...event };
  delete unversioned.version;
  await workos.auditLogs.createEvent(organization, unversioned);

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
  assert.equal(csv.trimEnd().split('\r\n').length, 3);
  assert.match(csv, /file_1/);

  const payload = { name: 'Acme', externalId: `node-${major}`, metadata: { tier: 'gold' } };
  const made = await workos.organizations.createOrganization(payload, { idempotencyKey: `once-${major}` });
  assert.equal((await workos.organizations.createOrganization(payload, { idempotencyKey: `once-${major}` })).id, made.id);
  assert.equal((await workos.organizations.getOrganizationByExternalId(`node-${major}`)).id, made.id);
  const changed = await workos.organizations.updateOrganization({ organization: made.id, name: 'Acme Corp' });
  assert.deepEqual([changed.name, changed.externalId, changed.metadata], ['Acme Corp', `node-${major}`, { tier: 'gold' }]);
  const { link } = await (workos.portal ?? workos.adminPortal).generateLink({ organization: made.id, intent: 'audit_logs' });
  assert.equal((await fetch(link)).status, 200);
  await workos.organizations.deleteOrganization(made.id);
  const organizations = await workos.organizations.listOrganizations();
  assert.deepEqual(organizations.data.map((one) => one.id), [organization]);
  console.log('done');
})().catch((error) => { console.error(error); process.exit(1); });
