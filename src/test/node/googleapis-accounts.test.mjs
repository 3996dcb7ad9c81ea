// Service accounts by googleapis, over REST.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { google } from 'googleapis';
import { admin, emailOf, failureOf, somebody, url } from './emulator.mjs';

const project = 'projects/googleapis';
const paged = 'projects/googleapis-more';
const iam = google.iam({ version: 'v1', rootUrl: url, auth: admin });
const accounts = iam.projects.serviceAccounts;

function nameOf(id) {
  return `${project}/serviceAccounts/${emailOf(id, 'googleapis')}`;
}

async function create(id, serviceAccount = {}, name = project) {
  return (await accounts.create({ name, requestBody: { accountId: id, serviceAccount } })).data;
}

async function get(name) {
  return (await accounts.get({ name })).data;
}

test('create_whenNew_answersWithTheWholeAccount', async () => {
  const texts = { displayName: 'Kleos ünvoker', description: 'Calls the service' };
  const created = await create('created', texts);
  const { uniqueId, oauth2ClientId, ...rest } = created;
  assert.match(uniqueId, /^[0-9]{21}$/);
  assert.equal(oauth2ClientId, uniqueId);
  assert.deepEqual(rest, {
    name: nameOf('created'),
    projectId: 'googleapis',
    email: emailOf('created', 'googleapis'),
    ...texts,
  });
});

test('create_whenThere_is409WithTheResource', async () => {
  await create('created-twice');
  const failure = await failureOf(create('created-twice'));
  assert.equal(failure.code, 409);
  assert.equal(
    failure.message,
    'Service account ID already exists within project projects/googleapis.',
  );
  assert.deepEqual(failure.response.data.error, {
    code: 409,
    message: failure.message,
    status: 'ALREADY_EXISTS',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ResourceInfo',
        resourceName: nameOf('created-twice'),
      },
    ],
  });
});

test('create_whenTheIdIsTooShort_is400', async () => {
  const failure = await failureOf(create('abc'));
  assert.equal(failure.code, 400);
  assert.equal(
    failure.message,
    'Invalid service account ID (abc). It must have 6 to 30 characters and match [a-z]([-a-z0-9]*[a-z0-9]).',
  );
  assert.equal(failure.response.data.error.status, 'INVALID_ARGUMENT');
});

test('get_byEachOfItsNames_isTheSame', async () => {
  const created = await create('many-names');
  for (const parent of [project, 'projects/100000000004', 'projects/-']) {
    for (const account of [created.email, created.uniqueId]) {
      assert.deepEqual(await get(`${parent}/serviceAccounts/${account}`), created);
    }
  }
});

test('get_whenMissing_is404', async () => {
  const failure = await failureOf(get(nameOf('missing')));
  assert.equal(failure.code, 404);
  assert.equal(failure.message, `Service account ${nameOf('missing')} does not exist.`);
  assert.equal(failure.response.data.error.status, 'NOT_FOUND');
});

test('get_byWhomMayNot_is403_andByWhomNobodyKnows_is401', async () => {
  const { name } = await create('not-for-all');
  for (const [token, code] of [
    ['carol@example.com', 403],
    ['ya29.unknown', 401],
  ]) {
    const failure = await failureOf(accounts.get({ name, auth: somebody(token) }));
    assert.equal(failure.code, code);
  }
});

test('get_whenMissingAndWithoutAProject_is403WithThePermission', async () => {
  const name = `projects/-/serviceAccounts/${emailOf('missing', 'googleapis')}`;
  const failure = await failureOf(get(name));
  assert.equal(failure.code, 403);
  assert.deepEqual(failure.response.data.error, {
    code: 403,
    message:
      "Permission 'iam.serviceAccounts.get' denied on resource (or it may not exist).",
    status: 'PERMISSION_DENIED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'iam.googleapis.com',
        metadata: { permission: 'iam.serviceAccounts.get', resource: name },
      },
    ],
  });
});

test('patch_withAMask_changesAndAnswersNoMore', async () => {
  const created = await create('patched', { displayName: 'before', description: 'kept' });
  const { data } = await accounts.patch({
    name: created.name,
    requestBody: {
      serviceAccount: { displayName: 'after', description: 'not in the mask' },
      updateMask: 'displayName',
    },
  });
  assert.deepEqual(data, { name: created.name, displayName: 'after' });
  assert.deepEqual(await get(created.name), { ...created, displayName: 'after' });
});

test('disable_thenEnable_showsWhileItIs', async () => {
  const { name } = await create('switched');
  assert.deepEqual((await accounts.disable({ name, requestBody: {} })).data, {});
  assert.equal((await get(name)).disabled, true);
  assert.deepEqual((await accounts.enable({ name })).data, {});
  assert.equal((await get(name)).disabled, undefined);
});

test('undelete_byUniqueId_bringsAccountAndGrantsBack', async () => {
  const created = await create('revived');
  const resource = (await create('of-revived')).name;
  const bindings = [
    { role: 'roles/iam.serviceAccountUser', members: [`serviceAccount:${created.email}`] },
  ];
  await accounts.setIamPolicy({ resource, requestBody: { policy: { bindings } } });

  assert.deepEqual((await accounts.delete({ name: created.name })).data, {});
  assert.equal((await failureOf(get(created.name))).code, 404);
  const members = async () => (await accounts.getIamPolicy({ resource })).data.bindings[0].members;
  assert.deepEqual(await members(), [
    `deleted:serviceAccount:${created.email}?uid=${created.uniqueId}`,
  ]);

  const name = `projects/-/serviceAccounts/${created.uniqueId}`;
  const { data } = await accounts.undelete({ name, requestBody: {} });
  assert.deepEqual(data, { restoredAccount: created });
  assert.deepEqual(await get(created.name), created);
  assert.deepEqual(await members(), [`serviceAccount:${created.email}`]);
});

test('undelete_byEmail_is404', async () => {
  const { name } = await create('deleted-one');
  await accounts.delete({ name });
  assert.equal((await failureOf(accounts.undelete({ name, requestBody: {} }))).code, 404);
});

async function pages(pageSize) {
  const answers = [];
  let pageToken;
  do {
    const { data } = await accounts.list({ name: paged, pageSize, pageToken });
    answers.push(data.accounts.map(account => account.email));
    pageToken = data.nextPageToken;
  } while (pageToken);
  return answers;
}

let listed;

before(async () => {
  const ids = Array.from({ length: 45 }, (_, i) => `listed-${String(i).padStart(2, '0')}`);
  listed = (await Promise.all(ids.map(id => create(id, {}, paged)))).map(it => it.email);
});

test('list_inPages_hasEachAccountOnce', async () => {
  for (const [size, sizes] of [
    [undefined, [20, 20, 5]],
    [15, [15, 15, 15]],
    [1000, [45]],
  ]) {
    const answers = await pages(size);
    assert.deepEqual(answers.map(page => page.length), sizes);
    assert.deepEqual(answers.flat().sort(), listed);
  }
});

test('list_whenThereIsNone_isEmpty', async () => {
  assert.deepEqual((await accounts.list({ name: 'projects/empty' })).data, {});
});
