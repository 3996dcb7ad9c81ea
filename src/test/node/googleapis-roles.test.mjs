// Roles by googleapis, over REST.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { google } from 'googleapis';
import { admin, emailOf, failureOf, send, url } from './emulator.mjs';

const iam = google.iam({ version: 'v1', rootUrl: url, auth: admin });
const project = 'projects/googleapis';

const names = ({ data }) => (data.roles ?? []).map(role => role.name);

async function grantable(fullResourceName) {
  return names(await iam.roles.queryGrantableRoles({ requestBody: { fullResourceName } }));
}

before(() =>
  iam.projects.serviceAccounts.create({ name: project, requestBody: { accountId: 'of-roles' } }),
);

test('get_ofTheTokenCreator_hasItsPermissions', async () => {
  const { data } = await iam.roles.get({ name: 'roles/iam.serviceAccountTokenCreator' });
  assert.equal(data.title, 'Service Account Token Creator');
  assert.equal(data.stage, 'GA');
  assert.deepEqual(
    data.includedPermissions.filter(it => it.startsWith('iam.')),
    [
      'iam.serviceAccounts.get',
      'iam.serviceAccounts.getAccessToken',
      'iam.serviceAccounts.getOpenIdToken',
      'iam.serviceAccounts.implicitDelegation',
      'iam.serviceAccounts.list',
      'iam.serviceAccounts.signBlob',
      'iam.serviceAccounts.signJwt',
    ],
  );
});

test('get_whenUnknown_is404', async () => {
  const failure = await failureOf(iam.roles.get({ name: 'roles/no.such' }));
  assert.equal(failure.code, 404);
  assert.equal(failure.message, 'The role named roles/no.such was not found.');
});

test('list_inPages_isTheWholeList', async () => {
  const whole = names(await iam.roles.list());
  assert.ok(whole.includes('roles/run.invoker'));
  const paged = [];
  let pageToken;
  do {
    const page = await iam.roles.list({ pageSize: 5, pageToken });
    paged.push(...names(page));
    pageToken = page.data.nextPageToken;
  } while (pageToken);
  assert.deepEqual(paged, whole);
});

test('list_hasPermissionsOnlyInTheFullView', async () => {
  for (const [view, expected] of [
    [undefined, false],
    ['BASIC', false],
    ['FULL', true],
  ]) {
    const { data } = await iam.roles.list({ view });
    const invoker = data.roles.find(role => role.name === 'roles/run.invoker');
    assert.equal(invoker.includedPermissions?.includes('run.routes.invoke') ?? false, expected);
  }
});

test('list_withABooleanAsPythonWritesIt_isTheSame', async () => {
  const { status, json } = await send('GET', '/v1/roles?pageSize=1000&showDeleted=False');
  assert.equal(status, 200);
  assert.deepEqual(json.roles, (await iam.roles.list({ pageSize: 1000 })).data.roles);
});

test('list_ofAProject_hasNoCustomRoles', async () => {
  assert.deepEqual((await iam.projects.roles.list({ parent: project })).data, {});
});

test('queryGrantableRoles_dependsOnTheResource', async () => {
  const email = emailOf('of-roles', 'googleapis');
  const account = `//iam.googleapis.com/${project}/serviceAccounts/${email}`;
  const service = `//run.googleapis.com/${project}/locations/us-central1/services/kleos-service`;
  const onAccount = await grantable(account);
  const onService = await grantable(service);
  const onProject = await grantable(`//cloudresourcemanager.googleapis.com/${project}`);
  for (const [role, expected] of [
    ['roles/iam.serviceAccountTokenCreator', [true, false, true]],
    ['roles/run.invoker', [false, true, true]],
    ['roles/resourcemanager.projectIamAdmin', [false, false, true]],
  ]) {
    const actual = [onAccount, onService, onProject].map(roles => roles.includes(role));
    assert.deepEqual(actual, expected, role);
  }
});

test('queryGrantableRoles_whenTheResourceIsMissing_is404', async () => {
  const service = `${project}/locations/us-central1/services/no-such-service`;
  const failure = await failureOf(grantable(`//run.googleapis.com/${service}`));
  assert.equal(failure.code, 404);
  assert.match(failure.message, /^Resource 'no-such-service' of kind 'SERVICE' /);
});
