// What is no proper call is answered in Google's form, and the emulator lives on.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { send } from './emulator.mjs';

const project = '/v1/projects/plain-http';
const accounts = `${project}/serviceAccounts`;
const write = `${project}:setIamPolicy`;

afterEach(async () => {
  assert.equal((await send('GET', project)).status, 200, 'the emulator lives on');
});

/** That an answer is an error of Google's form, and has nothing of our insides. */
function assertError(answer, code, status, message) {
  assert.equal(answer.status, code, answer.text);
  assert.deepEqual(Object.keys(answer.json), ['error']);
  const { error } = answer.json;
  assert.deepEqual(
    { code: error.code, status: error.status },
    { code, status },
    answer.text,
  );
  if (typeof message === 'string') {
    assert.equal(error.message, message);
  } else {
    assert.match(error.message, message);
  }
  assert.doesNotMatch(answer.text, /Exception|\tat |java|gson|protobuf\.|kleos\.iam/);
}

const malformed = {
  'half an object': '{"policy": ',
  'no JSON': 'policy=none',
  'a word': 'nope',
  'an array': '[]',
  'a text': '"policy"',
  'single quotes': "{'policy': {}}",
  'a trailing comma': '{"policy": {},}',
  'two values': '{} {}',
  'a control character': '{"policy": {"etag": "\u0001"}}',
  'no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  'deep arrays': '['.repeat(100_000),
  'deep objects': '{"policy":'.repeat(100_000),
  'a closed deep object': '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000),
  'a number for a message': '{"policy": 5}',
  'an object for a list': '{"policy": {"bindings": {}}}',
  'a text for a number': '{"policy": {"version": "three"}}',
  'a fraction for a number': '{"policy": {"version": 1.5}}',
  'a number too large': '{"policy": {"version": 3000000000}}',
  'no base64': '{"policy": {"etag": "#"}}',
  'compressed': Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
};

for (const [what, body] of Object.entries(malformed)) {
  test(`body_whenItIs ${what}_is400`, async () => {
    const answer = await send('POST', write, { body });
    assertError(answer, 400, 'INVALID_ARGUMENT', /^Invalid JSON payload received\. ./);
    const [detail] = answer.json.error.details;
    assert.equal(detail['@type'], 'type.googleapis.com/google.rpc.BadRequest');
  });
}

test('parameter_whenItIsNoNumber_is400', async () => {
  for (const size of ['many', '1.5', '99999999999']) {
    const answer = await send('GET', `${accounts}?pageSize=${size}`);
    assertError(answer, 400, 'INVALID_ARGUMENT', /^Invalid JSON payload received\. ./);
  }
});

test('path_whenUnknown_is404', async () => {
  for (const path of ['/', '/v1/nowhere', '/v1//projects/plain-http', '/v9/projects', `${project}/`]) {
    for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      assertError(await send(verb, path), 404, 'NOT_FOUND', `Method not found: the emulator has no ${verb} ${path}.`);
    }
  }
});

test('verb_whenItIsAnother_is405AndSaysWhich', async () => {
  for (const verb of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'FLY']) {
    const answer = await send(verb, write);
    assertError(answer, 405, 'UNIMPLEMENTED', 'Method not allowed: use POST.');
    assert.equal(answer.headers.allow, 'POST');
  }
});

test('method_whenItIsNotEmulated_is501', async () => {
  const answer = await send('GET', `${accounts}/somebody@plain-http.iam.gserviceaccount.com/keys`);
  assertError(answer, 501, 'UNIMPLEMENTED', /ListServiceAccountKeys is unimplemented$/);
});

test('head_hasAStatusAndNoBody', async () => {
  for (const [path, status] of [
    ['/v1/nowhere', 404],
    [write, 405],
    [project, 200],
  ]) {
    const answer = await send('HEAD', path);
    assert.deepEqual([answer.status, answer.text], [status, '']);
  }
});

test('escape_whenBroken_is400', async () => {
  for (const path of [`${accounts}/%zz`, `${accounts}/%`, `${project}?key=%2`]) {
    const answer = await send('GET', path);
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.text, /\tat /);
  }
});

test('escape_whenItHidesASlash_isNoOtherPath', async () => {
  for (const path of [`${accounts}/a%2Fb`, '/v1%2Fprojects/x', '/v1/projects%2Fplain-http']) {
    const { status, json } = await send('GET', path);
    assert.ok(status === 400 || status === 404, `${path}: ${status}`);
    assert.equal(json.error.code, status);
  }
});

test('escape_whenItIsNoUtf8_is404', async () => {
  assertError(await send('GET', `${accounts}/%ff%fe`), 404, 'NOT_FOUND', / does not exist\.$/);
});

for (const [what, headers] of [
  ['of a known length', {}],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
]) {
  test(`body_whenItHas50MB_${what}_is400`, async () => {
    const answer = await send('POST', write, { body: Buffer.alloc(50 << 20, ' '), headers });
    assertError(
      answer,
      400,
      'INVALID_ARGUMENT',
      'Request payload size exceeds the limit: 10485760 bytes.',
    );
  });
}
