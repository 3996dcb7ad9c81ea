// What the tests of google-auth-library share: accounts that have tokens, whose tokens they are,
// and who made which call.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { google } from 'googleapis';
import { OAuth2Client } from 'google-auth-library';
import { callsOn, emailOf, send, url } from './emulator.mjs';

export const project = 'projects/auth-demo';
export const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

const iam = auth => google.iam({ version: 'v1', rootUrl: url, auth }).projects.serviceAccounts;

/**
 * Creates a service account, as the operator. It may look at itself, and so may Bob and the pool;
 * Alice, the pool and whoever else is named may have its tokens.
 *
 * @param creators members of its policy
 * @returns its e-mail, unique id and name
 */
export async function createAccount(id, ...creators) {
  const { data } = await iam().create({ name: project, requestBody: { accountId: id } });
  const pool =
    'principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci/*';
  const self = `serviceAccount:${data.email}`;
  const bindings = [
    { role: 'roles/iam.serviceAccountViewer', members: [self, 'user:bob@example.com', pool] },
    {
      role: 'roles/iam.serviceAccountTokenCreator',
      members: ['user:alice@example.com', pool, ...creators],
    },
  ];
  const requestBody = { policy: { bindings } };
  await iam().setIamPolicy({ resource: data.name, requestBody });
  return { email: data.email, uniqueId: data.uniqueId, name: data.name };
}

export async function disableAccount(name) {
  await iam().disable({ name });
}

/** Reads an account's policy with a client's token; answers who that was to the emulator. */
export async function callerOf(client, id) {
  const resource = `${project}/serviceAccounts/${emailOf(id, 'auth-demo')}`;
  await iam(client).getIamPolicy({ resource });
  const calls = (await callsOn(resource)).filter(call => call.method.endsWith('/GetIamPolicy'));
  assert.equal(calls.length, 1);
  return calls[0].caller;
}

/** The claims of an ID token, verified by google-auth-library with the emulator's keys. */
export async function claimsOf(idToken, audience) {
  const { json } = await send('GET', '/oauth2/v3/certs');
  const keys = json.keys.map(key => [
    key.kid,
    createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
  ]);
  const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
    idToken,
    Object.fromEntries(keys),
    audience,
    ['https://accounts.google.com'],
  );
  return ticket.getPayload();
}
