// The spellings of one request that Google takes and its clients use.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { emailOf, send } from './emulator.mjs';

const parent = '/v1/projects/plain-http/serviceAccounts';
const email = emailOf('spellings', 'plain-http');
const account = `${parent}/${email}`;
const service = '/v2/projects/plain-http/locations/us-central1/services/kleos-service';

const post = (path, body) => send('POST', path, { body: JSON.stringify(body) });

async function ok(request) {
  const answer = await request;
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

before(() => ok(post(parent, { accountId: 'spellings' })));

test('path_withEscapes_isThePathWithout', async () => {
  const plain = await ok(send('GET', account));
  for (const path of [
    `${parent}/${encodeURIComponent(email)}`,
    `${parent}/${email.replace('@', '%40').replaceAll('-', '%2d')}`,
    `/v1/projects/%70lain-http/serviceAccounts/${email}`,
  ]) {
    assert.deepEqual(await ok(send('GET', path)), plain);
  }
  assert.deepEqual(await ok(send('POST', `${parent}/${encodeURIComponent(email)}:getIamPolicy`)), {
    etag: 'ACAB',
  });
});

test('alt_withEnumsAsNumbers_hasNumbers', async () => {
  assert.equal((await ok(send('GET', service))).ingress, 'INGRESS_TRAFFIC_ALL');
  for (const query of [
    '%24alt=json%3Benum-encoding%3Dint',
    '$alt=json;enum-encoding=int',
    '$alt=json%3Benum-encoding=int',
  ]) {
    const json = await ok(send('GET', `${service}?${query}`));
    assert.deepEqual([json.ingress, json.launchStage, json.terminalCondition.state], [1, 4, 4]);
  }
});

test('enum_asNumber_isTakenAsItsName', async () => {
  const auditConfigs = [{ service: 'allServices', auditLogConfigs: [{ logType: 3 }] }];
  const answer = await ok(
    post('/v3/projects/plain-http:setIamPolicy', {
      policy: { auditConfigs },
      updateMask: 'auditConfigs',
    }),
  );
  assert.deepEqual(answer.auditConfigs[0].auditLogConfigs, [{ logType: 'DATA_READ' }]);
});

test('etag_inEachFormOfBase64_isTheSame', async () => {
  let { etag } = await ok(send('POST', `${account}:getIamPolicy`));
  const forms = [
    it => it,
    it => it.replace(/=+$/, ''),
    it => it.replaceAll('+', '-').replaceAll('/', '_'),
    it => Buffer.from(it, 'base64').toString('base64url'),
  ];
  for (const form of forms) {
    // An etag is a time: before long there is one that the alphabets spell differently.
    for (let i = 0; i < 1000 && !/[+/]/.test(etag); i++) {
      ({ etag } = await ok(post(`${account}:setIamPolicy`, { policy: { etag } })));
    }
    assert.equal(new Set(forms.map(each => each(etag))).size, forms.length);
    ({ etag } = await ok(post(`${account}:setIamPolicy`, { policy: { etag: form(etag) } })));
  }
});

test('field_inEitherSpelling_isTheSame', async () => {
  const members = ['user:alice@example.com'];
  const bindings = [{ role: 'roles/iam.serviceAccountUser', members }];
  for (const mask of ['updateMask', 'update_mask']) {
    const request = { policy: { bindings }, [mask]: 'bindings' };
    assert.deepEqual((await ok(post(`${account}:setIamPolicy`, request))).bindings, bindings);
  }
  for (const name of ['displayName', 'display_name']) {
    const patch = { serviceAccount: { [name]: name }, updateMask: name };
    const answer = await ok(send('PATCH', account, { body: JSON.stringify(patch) }));
    assert.equal(answer.displayName, name);
  }
});

test('unknown_fieldsAndParameters_areTolerated', async () => {
  const query = 'key=k&prettyPrint=false&quotaUser=q&$.xgafv=2&fields=etag&a.b=c&=&x';
  const body = { options: { requestedPolicyVersion: 3, newer: [{}] }, more: { x: null } };
  await ok(post(`/v1/projects/plain-http:getIamPolicy?${query}`, body));
});

test('body_whenNotNeeded_isIgnored', async () => {
  const plain = await ok(send('GET', account));
  for (const body of ['', '{}', 'nonsense']) {
    assert.deepEqual(await ok(send('GET', account, { body })), plain);
  }
});

test('target_inAbsoluteForm_isOfTheHostsRegion', async () => {
  const path = '/apis/serving.knative.dev/v1/namespaces/plain-http/services/kleos-service';
  const region = json => json.metadata.labels['cloud.googleapis.com/location'];
  for (const expected of ['europe-west1', 'us-central1']) {
    const host = `${expected}-run.googleapis.com`;
    assert.equal(region(await ok(send('GET', `http://${host}${path}`))), expected);
    assert.equal(region(await ok(send('GET', `http://${host}:80${path}`))), expected);
    assert.equal(region(await ok(send('GET', path, { headers: { host } }))), expected);
  }
});
