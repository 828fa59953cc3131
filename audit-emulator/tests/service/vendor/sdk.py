# The vendor's Python client, unmodified, against an emulator: events, exports, schemas, organizations, portal links. Each major has another
# interface, so each has a class here that gives them one.
import datetime
import importlib.metadata
import sys
import urllib.request

URL, KEY, ORGANIZATION = sys.argv[1:]
MAJOR = int(importlib.metadata.version("workos").split(".")[0])
NOW = datetime.datetime.now(datetime.timezone.utc)
RANGE = {"range_start": (NOW - datetime.timedelta(hours=1)).isoformat(), "range_end": (NOW + datetime.timedelta(hours=1)).isoformat()}


class Four:
    def __init__(self):
        import workos
        from workos.audit_logs import AuditLogs
        from workos.organizations import Organizations
        from workos.portal import Portal

        workos.api_key, workos.client_id, workos.base_api_url = KEY, "client_1", URL + "/"
        self.logs, self.organizations, self.portal = AuditLogs(), Organizations(), Portal()

    def send(self, event, key=None):
        self.logs.create_event(ORGANIZATION, event, key)

    def export(self):
        ordered = self.logs.create_export(ORGANIZATION, RANGE["range_start"], RANGE["range_end"], actions=["file.moved"])
        return self.logs.get_export(ordered.to_dict()["id"]).to_dict()["url"]

    def organization(self, key):
        made = self.organizations.create_organization({"name": "Acme"}, idempotency_key=key)
        return made["id"]

    def rename(self, organization):
        self.organizations.update_organization(organization, name="Acme Corp")
        return self.organizations.get_organization(organization)["name"]

    def link(self):
        # Sends `return_url` and `success_url` as null.
        return self.portal.generate_link("audit_logs", ORGANIZATION)["link"]

    def delete(self, organization):
        self.organizations.delete_organization(organization)


class Five:
    def __init__(self):
        import workos

        self.client = workos.WorkOSClient(api_key=KEY, client_id="client_1", base_url=URL + "/")

    def send(self, event, key=None):
        self.client.audit_logs.create_event(organization_id=ORGANIZATION, event=event, idempotency_key=key)

    def export(self):
        logs = self.client.audit_logs
        return logs.get_export(logs.create_export(organization_id=ORGANIZATION, actions=["file.moved"], **RANGE).id).url

    def schema(self):
        # What has no keys is sent as null.
        actor, targets = {"metadata": {}}, [{"type": "file", "metadata": {"size": "number"}}]
        schema = self.client.audit_logs.create_schema(action="file.copied", targets=targets, actor=actor, metadata={})
        return schema.version

    def organization(self, key):
        return self.client.organizations.create_organization(name="Acme", idempotency_key=key).id

    def rename(self, organization):
        self.client.organizations.update_organization(organization_id=organization, name="Acme Corp")
        return self.client.organizations.get_organization(organization).name

    def link(self):
        return self.client.portal.generate_link(intent="audit_logs", organization_id=ORGANIZATION).link

    def delete(self, organization):
        self.client.organizations.delete_organization(organization)


class Ten:
    def __init__(self):
        import workos

        self.client = workos.WorkOSClient(api_key=KEY, client_id="client_1", base_url=URL + "/")

    def send(self, event, key=None):
        from workos.audit_logs.models import AuditLogEvent

        self.client.audit_logs.create_event(organization_id=ORGANIZATION, event=AuditLogEvent.from_dict(event), idempotency_key=key)

    def export(self):
        logs = self.client.audit_logs
        return logs.get_export(logs.create_export(organization_id=ORGANIZATION, actions=["file.moved"], **RANGE).id).url

    def schema(self):
        from workos.audit_logs.models import AuditLogSchemaTargetInput

        metadata = {"type": "object", "properties": {"size": {"type": "number"}}}
        target = AuditLogSchemaTargetInput.from_dict({"type": "file", "metadata": metadata})
        return self.client.audit_logs.create_schema("file.copied", targets=[target]).version

    def organization(self, key):
        from workos import RequestOptions

        options = RequestOptions(extra_headers={"Idempotency-Key": key})
        return self.client.organizations.create_organization(name="Acme", request_options=options).id

    def rename(self, organization):
        self.client.organizations.update_organization(organization, name="Acme Corp")
        return self.client.organizations.get_organization(organization).name

    def link(self):
        link = self.client.admin_portal.generate_link(organization=ORGANIZATION, intent="audit_logs", external_user_id="ada").link
        assert urllib.request.urlopen(link).status == 200
        self.client.admin_portal.revoke_link(organization=ORGANIZATION, external_user_id="ada")
        try:
            urllib.request.urlopen(link)
        except urllib.error.HTTPError as error:
            assert error.code == 404
        else:
            raise AssertionError("the link was revoked")
        return self.client.admin_portal.generate_link(organization=ORGANIZATION, intent="audit_logs").link

    def delete(self, organization):
        self.client.organizations.delete_organization(organization)


def refused(work, said):
    try:
        work()
    except Exception as error:
        assert said in str(error) or said in str(getattr(error, "message", "")), (said, repr(error), str(error))
    else:
        raise AssertionError(f"isn't refused: {said}")


sdk = {4: Four, 5: Five, 10: Ten}[MAJOR]()
event = {
    "action": "file.moved",
    "version": 1,
    "occurred_at": NOW.isoformat(),
    "actor": {"type": "user", "id": "user_1", "name": "Zoë", "metadata": {"role": "admin"}},
    "targets": [{"type": "file", "id": "file_1", "name": None, "metadata": None}],
    "context": {"location": "203.0.113.7", "user_agent": None},
    "metadata": {"reason": "tidy"},
}
sdk.send(event, "a-key")
sdk.send(event, "a-key")
sdk.send({**event, "version": None})
missing = {**event, "actor": {**event["actor"], "metadata": None}}
refused(lambda: sdk.send(missing), "Invalid Audit Log event")
refused(lambda: sdk.send({**event, "version": 77}), "event 'file.moved', version '77' has not been configured in this environment")
csv = urllib.request.urlopen(sdk.export()).read().decode()
assert len(csv.rstrip("\r\n").split("\r\n")) == 3, csv
if MAJOR >= 5:
    assert sdk.schema() == 1
made = sdk.organization("once")
assert sdk.organization("once") == made
assert sdk.rename(made) == "Acme Corp"
assert urllib.request.urlopen(sdk.link()).status == 200
sdk.delete(made)
print("done")
