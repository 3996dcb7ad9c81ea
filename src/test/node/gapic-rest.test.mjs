// Google's generated clients over REST.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProjectsClient } from '@google-cloud/resource-manager';
import { PassThroughClient } from 'google-auth-library';
import { concurrentChange, failureOf, port } from './emulator.mjs';
import { laws } from './gapic.mjs';

const to = { fallback: true, protocol: 'http', apiEndpoint: '127.0.0.1', port };

// Unless its transport is told that every status is fine, google-gax 5 never comes to decode an
// error: the transport has thrown its own by then.
const decoding = new PassThroughClient({ transporterOptions: { validateStatus: () => true } });

laws({ project: 'gapic-rest', number: '100000000003', to: { ...to, authClient: decoding } });

test('setIamPolicy_whenTheEtagIsStaleAndErrorsAreNotDecoded_shows409AndTheBody', async () => {
  const manager = new ProjectsClient({ ...to, authClient: new PassThroughClient() });
  const failure = await failureOf(
    manager.setIamPolicy({
      resource: 'projects/gapic-rest',
      policy: { etag: Buffer.from('stale') },
    }),
  );
  assert.equal(failure.code, 409);
  assert.deepEqual(JSON.parse(failure.message), {
    error: { code: 409, message: concurrentChange, status: 'ABORTED' },
  });
});
