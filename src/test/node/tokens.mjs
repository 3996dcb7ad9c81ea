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

/** Creates a service account; answers its e-mail and unique id. */
export async function createAccount(id) {
  const { data } = await iam().create({ name: project, requestBody: { accountId: id } });
  return { email: data.email, uniqueId: data.uniqueId, name: data.name };
}

export async function disableAccount(name) {
  await iam().disable({ name });
}

/** A client of somebody who is logged in, to whom an e-mail is token enough. */
export function somebody(email) {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: email });
  return client;
}

/** Lists the accounts with a client's token; answers who that was to the emulator. */
export async function callerOf(client, id) {
  const resource = `${project}/serviceAccounts/${emailOf(id, 'auth-demo')}`;
  await iam(client).getIamPolicy({ resource });
  const calls = await callsOn(resource);
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
