// Credential files by google-auth-library, each leading to the emulator as far as the library lets
// it: the address of the token endpoint is read from a file of the type external_account alone.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gaxios, GoogleAuth } from 'google-auth-library';
import { callsOn, failureOf, url } from './emulator.mjs';
import { callerOf, claimsOf, createAccount, disableAccount, scopes } from './tokens.mjs';

const tokenEndpoint = `${url}/token`;
const pool =
  '//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci';

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kleos-iam-'));
});

after(() => rm(folder, { recursive: true }));

/** The client that google-auth-library makes of a credential file. */
async function clientOf(name, content, clientOptions = {}) {
  const keyFilename = join(folder, `${name}.json`);
  await writeFile(keyFilename, JSON.stringify(content));
  return new GoogleAuth({ keyFilename, scopes, clientOptions }).getClient();
}

function userFile(refreshToken) {
  return {
    type: 'authorized_user',
    client_id: 'a-client.apps.googleusercontent.com',
    client_secret: 'not a secret',
    refresh_token: refreshToken,
  };
}

const toEmulator = { endpoints: { oauth2TokenUrl: tokenEndpoint } };

test('authorizedUser_isTheUserOfTheRefreshToken', async () => {
  await createAccount('called-by-user');
  const client = await clientOf('user', userFile('bob@example.com'), toEmulator);
  assert.equal(await callerOf(client, 'called-by-user'), 'bob@example.com');
});

test('authorizedUser_hasAnIdTokenForTheClient', async () => {
  const file = userFile('bob@example.com');
  const client = await clientOf('user-id', file, toEmulator);
  await client.getAccessToken();
  const claims = await claimsOf(client.credentials.id_token, file.client_id);
  assert.equal(claims.email, 'bob@example.com');
});

test('authorizedUser_withSomeOtherRefreshToken_isRefused', async () => {
  const client = await clientOf('user-real', userFile('1//0a-real-one'), toEmulator);
  const failure = await failureOf(client.getAccessToken());
  assert.equal(failure.status, 400);
  assert.deepEqual(failure.response.data, {
    error: 'invalid_grant',
    error_description: 'Bad Request',
  });
});

/** For key files the library knows one endpoint, whatever their `token_uri` says. */
function redirected() {
  const transporter = new gaxios.Gaxios();
  transporter.interceptors.request.add({
    resolved: async config => {
      if (config.url.href === 'https://oauth2.googleapis.com/token') {
        config.url = new URL(tokenEndpoint);
      }
      return config;
    },
  });
  return { transporter };
}

function keyFile(email) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    type: 'service_account',
    project_id: 'auth-demo',
    private_key_id: '1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    token_uri: tokenEndpoint,
  };
}

test('keyFile_isItsAccount', async () => {
  const { email } = await createAccount('with-key');
  const client = await clientOf('key', keyFile(email), redirected());
  assert.equal(await callerOf(client, 'with-key'), email);
});

test('keyFile_hasIdTokensOfItsAccount', async () => {
  const { email, uniqueId } = await createAccount('with-key-and-id');
  const client = await clientOf('key-id', keyFile(email), redirected());
  const audience = 'https://a.example.com';
  const claims = await claimsOf(await client.fetchIdToken(audience), audience);
  assert.deepEqual([claims.email, claims.sub], [email, uniqueId]);
});

test('keyFile_ofADisabledAccount_isRefused', async () => {
  const { email, name } = await createAccount('disabled-key');
  await disableAccount(name);
  const client = await clientOf('key-disabled', keyFile(email), redirected());
  const failure = await failureOf(client.getAccessToken());
  assert.equal(failure.response.data.error, 'invalid_grant');
});

async function externalFile(subject, more = {}) {
  const file = join(folder, `${subject}.token`);
  await writeFile(file, subject);
  return {
    type: 'external_account',
    audience: `${pool}/providers/runner`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${url}/v1/token`,
    credential_source: { file },
    ...more,
  };
}

test('externalAccount_isThePrincipalOfThePool', async () => {
  await createAccount('called-by-runner');
  const client = await clientOf('external', await externalFile('runner-1'));
  assert.equal(await callerOf(client, 'called-by-runner'), `principal:${pool}/subject/runner-1`);
});

test('externalAccount_thatImpersonates_isTheAccount', async () => {
  const { email } = await createAccount('for-runner');
  const name = `projects/-/serviceAccounts/${email}`;
  const content = await externalFile('runner-2', {
    service_account_impersonation_url: `${url}/v1/${name}:generateAccessToken`,
  });
  const client = await clientOf('external-account', content);
  assert.equal(await callerOf(client, 'for-runner'), email);
  assert.deepEqual((await callsOn(name)).map(call => call.caller), [
    `principal:${pool}/subject/runner-2`,
  ]);
});

test('impersonatedServiceAccount_isTheAccount', async () => {
  const { email } = await createAccount('impersonated-file');
  const name = `projects/-/serviceAccounts/${email}`;
  const client = await clientOf('impersonated', {
    type: 'impersonated_service_account',
    service_account_impersonation_url: `${url}/v1/${name}:generateAccessToken`,
    endpoint: url, // of the URL before, the library reads nothing but the account
    delegates: [],
    source_credentials: await externalFile('runner-3'),
  });
  assert.equal(await callerOf(client, 'impersonated-file'), email);
  assert.deepEqual((await callsOn(name)).map(call => call.caller), [
    `principal:${pool}/subject/runner-3`,
  ]);
});
