// Allow policies by googleapis, over REST: the same laws for each kind of resource and each version
// of an API that has one.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { google } from 'googleapis';
import {
  admin,
  concurrentChange,
  emailOf,
  failureOf,
  inOfficeHours,
  malformedMember,
  url,
} from './emulator.mjs';

const options = { requestedPolicyVersion: 3 };
const inQuery = { 'options.requestedPolicyVersion': 3 };
const inBody = { requestBody: { options } };

const accounts = google.iam({ version: 'v1', rootUrl: url, auth: admin }).projects.serviceAccounts;
const services = version =>
  google.run({ version, rootUrl: url, auth: admin }).projects.locations.services;
// As the operator: the policies of projects are what makes somebody an admin.
const projects = version => google.cloudresourcemanager({ version, rootUrl: url }).projects;

// Each with a resource of its own, and one that is missing.
const kinds = [
  {
    kind: 'account',
    api: accounts,
    version: inQuery,
    role: 'roles/iam.serviceAccountTokenCreator',
    resource: `projects/googleapis/serviceAccounts/${emailOf('with-policy', 'googleapis')}`,
    missing: `projects/googleapis/serviceAccounts/${emailOf('without', 'googleapis')}`,
    missingIs: 404,
  },
  {
    kind: 'service of Run v1',
    api: services('v1'),
    version: inQuery,
    role: 'roles/run.invoker',
    resource: 'projects/googleapis/locations/us-central1/services/kleos-service',
    missing: 'projects/googleapis/locations/europe-west1/services/kleos-service',
    missingIs: 404,
  },
  {
    kind: 'service of Run v2',
    api: services('v2'),
    version: inQuery,
    role: 'roles/run.invoker',
    resource: 'projects/googleapis/locations/europe-west1/services/far-service',
    missing: 'projects/googleapis/locations/us-central1/services/far-service',
    missingIs: 404,
  },
  {
    kind: 'project of Resource Manager v1',
    api: projects('v1'),
    version: inBody,
    role: 'roles/run.viewer',
    resource: 'policies-v1',
    missing: 'no-such-project',
    missingIs: 403,
  },
  {
    kind: 'project of Resource Manager v3',
    api: projects('v3'),
    version: inBody,
    role: 'roles/run.viewer',
    resource: 'projects/policies-v3',
    missing: 'projects/no-such-project',
    missingIs: 403,
  },
];

before(() =>
  accounts.create({ name: 'projects/googleapis', requestBody: { accountId: 'with-policy' } }),
);

for (const { kind, api, version, role, resource, missing, missingIs } of kinds) {
  const read = async () => (await api.getIamPolicy({ resource, ...version })).data;
  const write = async policy =>
    (await api.setIamPolicy({ resource, requestBody: { policy } })).data;

  describe(kind, () => {
    test('getIamPolicy_whenNeverSet_isAnEtagAlone', async () => {
      assert.deepEqual(await read(), { etag: 'ACAB' });
    });

    test('setIamPolicy_ofWhatWasReadAndMore_adds', async () => {
      const first = { role, members: ['user:alice@example.com'] };
      const second = { role, members: ['user:bob@example.com'], condition: inOfficeHours };
      const stored = await write({ ...(await read()), bindings: [first] });
      assert.deepEqual(stored, { version: 1, etag: stored.etag, bindings: [first] });
      assert.deepEqual(await read(), stored);

      const both = await write({ ...stored, version: 3, bindings: [first, second] });
      assert.deepEqual(both, { version: 3, etag: both.etag, bindings: [first, second] });
      assert.notEqual(both.etag, stored.etag);
      assert.deepEqual(await read(), both);
    });

    test('setIamPolicy_whenTheEtagIsStale_is409AndChangesNothing', async () => {
      const stale = await read();
      const current = await write(stale);
      const failure = await failureOf(write({ ...stale, bindings: [] }));
      assert.equal(failure.code, 409);
      assert.equal(failure.message, concurrentChange);
      assert.deepEqual(failure.response.data, {
        error: { code: 409, message: concurrentChange, status: 'ABORTED' },
      });
      assert.deepEqual(await read(), current);
    });

    test('setIamPolicy_withTheEtagInEitherAlphabet_isAccepted', async () => {
      let policy = await read();
      // An etag is a time: before long there is one that the alphabets spell differently.
      for (let i = 0; i < 1000 && !/[+/]/.test(policy.etag); i++) {
        policy = await write(policy);
      }
      const urlSafe = Buffer.from(policy.etag, 'base64').toString('base64url');
      assert.notEqual(urlSafe, policy.etag.replaceAll('=', ''));
      const stored = await write({ ...policy, etag: urlSafe });
      assert.deepEqual(stored, { ...policy, etag: stored.etag });
      assert.deepEqual(await write(stored), { ...stored, etag: (await read()).etag });
    });

    test('setIamPolicy_withABadMember_is400AndChangesNothing', async () => {
      const current = await read();
      const bindings = [{ role, members: ['user:carol@example.com', 'carol'] }];
      const failure = await failureOf(write({ ...current, bindings }));
      assert.equal(failure.code, 400);
      assert.equal(failure.message, malformedMember);
      assert.equal(failure.response.data.error.status, 'INVALID_ARGUMENT');
      assert.deepEqual(await read(), current);
    });

    test('setIamPolicy_withABadEtag_is400', async () => {
      const failure = await failureOf(write({ etag: '*' }));
      assert.equal(failure.code, 400);
      assert.match(failure.message, /^Invalid JSON payload received\. /);
    });

    test('setIamPolicy_ofAuditConfigsByTheMask_keepsTheBindings', async () => {
      const current = await read();
      const auditConfigs = [
        { service: 'allServices', auditLogConfigs: [{ logType: 'DATA_READ' }] },
      ];
      const { data } = await api.setIamPolicy({
        resource,
        requestBody: {
          policy: { version: 3, etag: current.etag, auditConfigs },
          updateMask: 'auditConfigs,etag',
        },
      });
      assert.deepEqual(data, { ...current, etag: data.etag, auditConfigs });
    });

    test('setIamPolicy_withoutAnEtag_overwrites', async () => {
      const bindings = [{ role, members: ['user:dave@example.com'] }];
      const stored = await write({ bindings });
      assert.deepEqual(stored.bindings, bindings);
      assert.deepEqual((await read()).bindings, bindings);
    });

    test('getIamPolicy_whenMissing_isAnError', async () => {
      const failure = await failureOf(api.getIamPolicy({ resource: missing, ...version }));
      assert.equal(failure.code, missingIs);
      assert.equal(failure.response.data.error.code, missingIs);
    });
  });
}
