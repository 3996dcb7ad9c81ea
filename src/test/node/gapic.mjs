// The laws of Google's generated clients (GAPIC), the same over REST and over gRPC.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { IAMCredentialsClient } from '@google-cloud/iam-credentials';
import { ProjectsClient } from '@google-cloud/resource-manager';
import { ServicesClient } from '@google-cloud/run';
import { Status } from 'google-gax';
import { adminEmail, failureOf } from './emulator.mjs';
import { policyLaws } from './gapic-policies.mjs';
import { textOf } from './gapic-texts.mjs';
import { tokenLaws } from './gapic-tokens.mjs';

/**
 * @param project where admin@example.com may do what is done, and alice@example.com has tokens;
 *   has kleos-service and other-service in us-central1, far-service in europe-west1
 * @param number of the project
 * @param to what leads the clients to the emulator
 */
export function laws({ project, number, to }) {
  const run = as(adminEmail, new ServicesClient(to));
  const operator = new ProjectsClient(to);
  const manager = as(adminEmail, operator);
  const credentials = new IAMCredentialsClient(to);
  after(() => Promise.all([run, operator, credentials].map(client => client.close())));

  const location = region => `projects/${project}/locations/${region}`;
  const service = name => `${location('us-central1')}/services/${name}`;

  readLaws({ run, manager, project, number, location, service });
  describe('policy of a service', () =>
    policyLaws({ api: run, resource: service('kleos-service'), role: 'roles/run.invoker' }));
  describe('policy of a project', () =>
    policyLaws({
      api: operator,
      resource: `projects/${project}-policy`,
      role: 'roles/run.viewer',
    }));
  errorLaws({ run, manager, service });
  tokenLaws({ credentials, project });
}

/** A client whose calls are somebody's. */
function as(email, client) {
  const headers = { authorization: `Bearer ${email}` };
  return new Proxy(client, {
    get(target, name) {
      const member = target[name];
      return typeof member !== 'function'
        ? member
        : (request, options) =>
            request === undefined
              ? member.call(target)
              : member.call(target, request, { ...options, otherArgs: { headers } });
    },
  });
}

function readLaws({ run, manager, project, number, location, service }) {
  test('getProject_byIdOrNumber_isTheSame', async () => {
    for (const id of [project, number]) {
      const [got] = await manager.getProject({ name: `projects/${id}` });
      assert.equal(got.name, `projects/${number}`);
      assert.equal(got.projectId, project);
      assert.equal(got.state, 'ACTIVE');
    }
  });

  test('getService_always_hasEnumsNumbersAndUrls', async () => {
    const [got] = await run.getService({ name: service('kleos-service') });
    assert.equal(got.name, service('kleos-service'));
    assert.equal(got.ingress, 'INGRESS_TRAFFIC_ALL');
    assert.equal(got.terminalCondition.state, 'CONDITION_SUCCEEDED');
    assert.equal(String(got.generation), '1');
    assert.equal(got.invokerIamDisabled, false);
    assert.ok(got.urls.includes(`https://kleos-service-${number}.us-central1.run.app`));
  });

  test('listServices_inPages_hasEachOnce', async () => {
    const parent = location('us-central1');
    const expected = [service('kleos-service'), service('other-service')];
    const names = [];
    for await (const { name } of run.listServicesAsync({ parent })) {
      names.push(name);
    }
    assert.deepEqual(names, expected);

    const alone = { autoPaginate: false };
    const [first, next] = await run.listServices({ parent, pageSize: 1 }, alone);
    assert.deepEqual(first.map(it => it.name), expected.slice(0, 1));
    const [second, end] = await run.listServices(next, alone);
    assert.deepEqual(second.map(it => it.name), expected.slice(1));
    assert.equal(end, null);
  });
}

function errorLaws({ run, manager, service }) {
  test('getProject_whenMissing_isDeniedWithErrorInfo', async () => {
    const failure = await failureOf(manager.getProject({ name: 'projects/no-such-project' }));
    assert.equal(failure.code, Status.PERMISSION_DENIED);
    assert.equal(
      textOf(failure),
      'The caller does not have permission',
    );
    assert.equal(failure.reason, 'IAM_PERMISSION_DENIED');
    assert.equal(failure.domain, 'cloudresourcemanager.googleapis.com');
    assert.deepEqual(
      { ...failure.errorInfoMetadata },
      { permission: 'resourcemanager.projects.get', resource: 'projects/no-such-project' },
    );
    assert.equal(failure.statusDetails.length, 1);
  });

  test('getService_whenMissing_isNotFound', async () => {
    const failure = await failureOf(run.getService({ name: service('no-such-service') }));
    assert.equal(failure.code, Status.NOT_FOUND);
    assert.match(textOf(failure), /^Resource 'no-such-service' of kind 'SERVICE' /);
  });

  test('listServices_ofEveryRegion_isInvalid', async () => {
    const parent = service('').replace(/locations.*/, 'locations/-');
    const failure = await failureOf(run.listServices({ parent }));
    assert.equal(failure.code, Status.INVALID_ARGUMENT);
  });

  test('searchProjects_whichIsNotEmulated_isUnimplemented', async () => {
    const failure = await failureOf(manager.searchProjects({}));
    assert.equal(failure.code, Status.UNIMPLEMENTED);
    assert.equal(
      textOf(failure),
      'Method google.cloud.resourcemanager.v3.Projects/SearchProjects is unimplemented',
    );
  });
}
