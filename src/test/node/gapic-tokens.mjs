// The laws of IAM Credentials by Google's generated client.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Status } from 'google-gax';
import { callsOn, emailOf, failureOf, send } from './emulator.mjs';

export function tokenLaws({ credentials, project }) {
  const asAlice = { otherArgs: { headers: { authorization: 'Bearer alice@example.com' } } };
  const scope = ['https://www.googleapis.com/auth/cloud-platform'];

  /** Creates an account; answers its name in IAM Credentials. */
  async function create(accountId) {
    const path = `/v1/projects/${project}/serviceAccounts`;
    const { status, text } = await send('POST', path, { body: JSON.stringify({ accountId }) });
    assert.equal(status, 200, text);
    return `projects/-/serviceAccounts/${emailOf(accountId, project)}`;
  }

  test('generateAccessToken_ofALifetime_lastsSoLong', async () => {
    const name = await create('access-token');
    const before = Date.now() / 1000;
    const [{ accessToken, expireTime }] = await credentials.generateAccessToken(
      { name, scope, lifetime: { seconds: 600 } },
      asAlice,
    );
    assert.ok(accessToken);
    const left = Number(expireTime.seconds) - before;
    assert.ok(left > 540 && left <= 601, `${left} s left`);
    assert.deepEqual(await callsOn(name), [
      {
        method: 'google.iam.credentials.v1.IAMCredentials/GenerateAccessToken',
        resource: name,
        status: 'OK',
        caller: 'alice@example.com',
      },
    ]);
  });

  test('generateIdToken_isForTheAudience', async () => {
    const name = await create('id-token');
    const audience = 'https://a.example.com';
    const [{ token }] = await credentials.generateIdToken({ name, audience, includeEmail: true });
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    assert.deepEqual([claims.aud, claims.email], [audience, emailOf('id-token', project)]);
    assert.deepEqual((await callsOn(name)).map(call => call.caller), ['operator']);
  });

  test('generateAccessToken_withoutAScope_isInvalid', async () => {
    const name = await create('no-scope');
    const failure = await failureOf(credentials.generateAccessToken({ name }, asAlice));
    assert.equal(failure.code, Status.INVALID_ARGUMENT);
    assert.deepEqual((await callsOn(name)).map(call => call.status), ['INVALID_ARGUMENT']);
  });

  test('signBlob_whichIsNotEmulated_isUnimplemented', async () => {
    const name = await create('signing');
    const payload = Buffer.from('text');
    const failure = await failureOf(credentials.signBlob({ name, payload }));
    assert.equal(failure.code, Status.UNIMPLEMENTED);
  });
}
