// Where the emulator is, and what the tests say about it in the same words. Each test file has a
// project of its own in world.json, since the files run at once on one emulator.

import assert from 'node:assert/strict';
import http from 'node:http';
import { OAuth2Client } from 'google-auth-library';

const host = process.env.KLEOS_IAM_EMULATOR_HOST;
assert(host, 'KLEOS_IAM_EMULATOR_HOST is not set; run these tests by src/test/sh/conformance-node');

export const url = `http://${host}`;
export const port = Number(new URL(url).port);
export const grpcPort = port + 1;

export const concurrentChange =
  'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.';
export const malformedMember = 'Policy members must be of the form "<type>:<value>".';

export const inOfficeHours = {
  title: 'office hours',
  description: 'Not at night',
  expression: 'request.time.getHours("UTC") < 18',
};

/** Who has, by world.json, no more than the predefined roles for what the tests do. */
export const adminEmail = 'admin@example.com';

/** A client of somebody who is logged in, to whom an e-mail is token enough. */
export function somebody(email, options = {}) {
  const client = new OAuth2Client(options);
  client.setCredentials({ access_token: email });
  return client;
}

export const admin = somebody(adminEmail);

/** The e-mail of a service account. */
export function emailOf(id, project) {
  return `${id}@${project}.iam.gserviceaccount.com`;
}

/** What a call fails with; that it succeeds is a failure of the test. */
export async function failureOf(call) {
  let answer;
  try {
    answer = await call;
  } catch (failure) {
    return failure;
  }
  assert.fail(`succeeded with ${JSON.stringify(answer?.data ?? answer)}`);
}

/**
 * A request by Node's own HTTP client, which sends whatever it is told to, unlike `fetch`. The
 * length of a body is said, unless it is framed in another way: Node itself would append it to a
 * GET unannounced.
 *
 * @returns status, headers, text, and the text as JSON where it says that it is
 */
export function send(method, target, { body, headers = {}, agent } = {}) {
  const framed = 'transfer-encoding' in headers || body === undefined;
  const length = framed ? {} : { 'content-length': Buffer.byteLength(body) };
  const all = { ...length, ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path: target, headers: all, agent },
      async response => {
        try {
          let text = '';
          for await (const piece of response.setEncoding('utf8')) {
            text += piece;
          }
          resolve(answer(response, text));
        } catch (failure) {
          reject(failure);
        }
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function answer(response, text) {
  const isJson = response.headers['content-type'] === 'application/json; charset=UTF-8';
  const json = isJson && text ? JSON.parse(text) : undefined;
  return { status: response.statusCode, headers: response.headers, text, json };
}

/** The calls that were made on a resource, oldest first. */
export async function callsOn(resource) {
  const { status, json } = await send('GET', '/_emulator/requests');
  assert.equal(status, 200);
  return json.requests.filter(request => request.resource === resource);
}
