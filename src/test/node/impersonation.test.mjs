// Impersonation of a service account by google-auth-library.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Impersonated } from 'google-auth-library';
import { callsOn, emailOf, failureOf, somebody, url } from './emulator.mjs';
import {
  callerOf,
  claimsOf,
  createAccount,
  disableAccount,
  scopes,
} from './tokens.mjs';

const audience = 'https://kleos-service-100000000001.us-central1.run.app';

function impersonated(targetPrincipal, more = {}) {
  return new Impersonated({
    sourceClient: somebody('alice@example.com'),
    targetPrincipal,
    targetScopes: scopes,
    endpoint: url,
    ...more,
  });
}

function callsFor(account) {
  return callsOn(`projects/-/serviceAccounts/${account}`);
}

test('accessToken_ofAnAccount_callsAsTheAccount', async () => {
  const { email } = await createAccount('impersonated');
  const client = impersonated(email);
  assert.equal(await callerOf(client, 'impersonated'), email);
  assert.deepEqual(await callsFor(email), [
    {
      method: 'google.iam.credentials.v1.IAMCredentials/GenerateAccessToken',
      resource: `projects/-/serviceAccounts/${email}`,
      status: 'OK',
      caller: 'alice@example.com',
    },
  ]);
  const left = client.credentials.expiry_date - Date.now();
  assert.ok(left > 3_500_000 && left <= 3_600_000, `${left} ms left`);
});

test('accessToken_ofAUniqueId_isOfTheAccount', async () => {
  const { email, uniqueId } = await createAccount('by-unique-id');
  assert.equal(await callerOf(impersonated(uniqueId), 'by-unique-id'), email);
});

test('accessToken_throughADelegate_isOfTheAccount', async () => {
  const delegate = await createAccount('delegate');
  const { email } = await createAccount('delegated', `serviceAccount:${delegate.email}`);
  const delegates = [`projects/-/serviceAccounts/${delegate.email}`];
  assert.equal(await callerOf(impersonated(email, { delegates }), 'delegated'), email);
});

test('accessToken_ofAnImpersonatedAccount_isOfTheLast', async () => {
  const first = await createAccount('chain-first');
  const last = await createAccount('chain-last', `serviceAccount:${first.email}`);
  const client = impersonated(last.email, { sourceClient: impersonated(first.email) });
  assert.equal(await callerOf(client, 'chain-last'), last.email);
  assert.deepEqual((await callsFor(last.email)).map(call => call.caller), [first.email]);
});

test('accessToken_throughADelegateWhoMayNot_isRefused', async () => {
  const delegate = await createAccount('powerless');
  const { email } = await createAccount('out-of-reach');
  const delegates = [`projects/-/serviceAccounts/${delegate.email}`];
  const failure = await failureOf(impersonated(email, { delegates }).getAccessToken());
  assert.equal(failure.status, 403);
  assert.equal(
    failure.message,
    "PERMISSION_DENIED: unable to impersonate: Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
  );
});

test('accessToken_ofALifetime_lastsSoLong', async () => {
  const { email } = await createAccount('short-lived');
  const client = impersonated(email, { lifetime: 60 });
  await client.getAccessToken();
  const left = client.credentials.expiry_date - Date.now();
  assert.ok(left > 30_000 && left <= 60_000, `${left} ms left`);
});

test('accessToken_whenTheLifetimeIsTooLong_isRefused', async () => {
  const { email } = await createAccount('too-long-lived');
  const failure = await failureOf(impersonated(email, { lifetime: 3601 }).getAccessToken());
  assert.equal(failure.status, 400);
  assert.equal(
    failure.message,
    'INVALID_ARGUMENT: unable to impersonate: The access token lifetime cannot exceed 3600 seconds.',
  );
});

test('accessToken_ofADisabledAccount_isRefused', async () => {
  const { email, name } = await createAccount('disabled-one');
  const client = impersonated(email);
  await disableAccount(name);
  const failure = await failureOf(client.getAccessToken());
  assert.equal(failure.status, 400);
  assert.match(failure.message, /^FAILED_PRECONDITION: unable to impersonate: .* is disabled\.$/);
  assert.deepEqual((await callsFor(email)).map(call => call.status), ['FAILED_PRECONDITION']);
});

test('accessToken_whenThereIsNoSuchAccount_isRefused', async () => {
  const email = emailOf('no-such-account', 'auth-demo');
  const failure = await failureOf(impersonated(email).getAccessToken());
  assert.equal(failure.status, 404);
  assert.equal(
    failure.message,
    `NOT_FOUND: unable to impersonate: Not found; Gaia id not found for email ${email}`,
  );
});

test('idToken_withTheEmail_isSignedAndSaysWhose', async () => {
  const { email, uniqueId } = await createAccount('with-id-token');
  const idToken = await impersonated(email).fetchIdToken(audience, { includeEmail: true });
  const { iat, exp, ...claims } = await claimsOf(idToken, audience);
  assert.equal(exp - iat, 3600);
  assert.deepEqual(claims, {
    iss: 'https://accounts.google.com',
    aud: audience,
    azp: uniqueId,
    sub: uniqueId,
    email,
    email_verified: true,
  });
});

test('idToken_withoutTheEmail_hasTheUniqueIdAlone', async () => {
  const { email, uniqueId } = await createAccount('without-email');
  const idToken = await impersonated(email).fetchIdToken(audience, { includeEmail: false });
  const claims = await claimsOf(idToken, audience);
  assert.equal(claims.sub, uniqueId);
  assert.equal('email' in claims, false);
});

test('idToken_forAnotherAudience_isNotVerified', async () => {
  const { email } = await createAccount('other-audience');
  const idToken = await impersonated(email).fetchIdToken(audience);
  const failure = await failureOf(claimsOf(idToken, 'https://elsewhere.example.com'));
  assert.match(failure.message, /^Wrong recipient, payload audience != requiredAudience/);
});
