// The laws of allow policies by Google's generated clients.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Status } from 'google-gax';
import { concurrentChange, failureOf, inOfficeHours, malformedMember } from './emulator.mjs';
import { textOf } from './gapic-texts.mjs';

const options = { requestedPolicyVersion: 3 };

/**
 * @param api of the resource
 * @param resource whose policy was never set
 * @param role that can be granted on it
 */
export function policyLaws({ api, resource, role }) {
  const read = async () => (await api.getIamPolicy({ resource, options }))[0];
  const write = async policy => (await api.setIamPolicy({ resource, policy }))[0];
  const bindingsOf = policy =>
    policy.bindings.map(({ role, members, condition }) => ({
      role,
      members,
      condition: condition && { ...condition },
    }));

  test('getIamPolicy_whenNeverSet_isAnEtagAlone', async () => {
    const { etag, version, bindings } = await read();
    assert.deepEqual([...etag], [0, 0x20, 1]);
    assert.equal(version, 0);
    assert.deepEqual(bindings, []);
  });

  test('setIamPolicy_withACondition_isVersion3AndReadBack', async () => {
    const condition = { ...inOfficeHours, location: '' };
    const bindings = [
      { role, members: ['user:alice@example.com', 'group:devs@example.com'], condition: null },
      { role, members: ['user:bob@example.com'], condition },
    ];
    const stored = await write({ ...(await read()), version: 3, bindings });
    assert.equal(stored.version, 3);
    assert.deepEqual(bindingsOf(stored), bindings);
    const again = await read();
    assert.deepEqual(again.etag, stored.etag);
    assert.deepEqual(bindingsOf(again), bindings);
  });

  test('setIamPolicy_whenTheEtagIsStale_isAbortedAndChangesNothing', async () => {
    const stale = await read();
    const current = await write(stale);
    const failure = await failureOf(write({ ...stale, bindings: [] }));
    assert.equal(failure.code, Status.ABORTED);
    assert.equal(textOf(failure), concurrentChange);
    assert.deepEqual(await read(), current);
  });

  test('setIamPolicy_withABadMember_isInvalidAndChangesNothing', async () => {
    const current = await read();
    const bindings = [{ role, members: ['carol'] }];
    const failure = await failureOf(write({ ...current, bindings }));
    assert.equal(failure.code, Status.INVALID_ARGUMENT);
    assert.equal(textOf(failure), malformedMember);
    assert.deepEqual(await read(), current);
  });

  test('setIamPolicy_ofAuditConfigsByTheMask_keepsTheBindings', async () => {
    const before = await read();
    const auditConfigs = [
      { service: 'allServices', auditLogConfigs: [{ logType: 'DATA_READ', exemptedMembers: [] }] },
    ];
    const [stored] = await api.setIamPolicy({
      resource,
      policy: { version: 3, etag: before.etag, auditConfigs },
      updateMask: { paths: ['audit_configs', 'etag'] },
    });
    assert.deepEqual(bindingsOf(stored), bindingsOf(before));
    assert.equal(stored.auditConfigs[0].auditLogConfigs[0].logType, 'DATA_READ');
  });

  test('setIamPolicy_byEightRivals_losesNothing', async () => {
    const members = Array.from({ length: 8 }, (_, i) => `user:rival-${i}@example.com`);
    const add = async member => {
      for (;;) {
        const policy = await read();
        const bindings = [...policy.bindings, { role, members: [member] }];
        try {
          return await write({ ...policy, bindings });
        } catch (failure) {
          assert.equal(failure.code, Status.ABORTED);
        }
      }
    };
    await Promise.all(members.map(add));
    const all = (await read()).bindings.flatMap(it => it.members);
    assert.deepEqual(members.filter(member => !all.includes(member)), []);
  });
}
