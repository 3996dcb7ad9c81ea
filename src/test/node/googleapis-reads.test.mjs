// Projects and Cloud Run services by googleapis, over REST, in each version.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { google } from 'googleapis';
import { admin, failureOf, url } from './emulator.mjs';

const run = version => google.run({ version, rootUrl: url, auth: admin }).projects.locations.services;
const projects = version => google.cloudresourcemanager({ version, rootUrl: url, auth: admin }).projects;

const regions = ['europe-west1', 'us-central1'];
const location = region => `projects/googleapis/locations/${region}`;
const near = `${location('us-central1')}/services/kleos-service`;

test('getProject_byIdOrNumber_isTheSame', async () => {
  for (const id of ['googleapis', '100000000004']) {
    const old = (await projects('v1').get({ projectId: id })).data;
    assert.deepEqual(
      { id: old.projectId, number: old.projectNumber, state: old.lifecycleState },
      { id: 'googleapis', number: '100000000004', state: 'ACTIVE' },
    );
    const { data } = await projects('v3').get({ name: `projects/${id}` });
    assert.deepEqual(
      { id: data.projectId, name: data.name, state: data.state },
      { id: 'googleapis', name: 'projects/100000000004', state: 'ACTIVE' },
    );
  }
});

test('getProject_whenMissing_is403InEachVersion', async () => {
  for (const call of [
    projects('v1').get({ projectId: 'no-such-project' }),
    projects('v3').get({ name: 'projects/no-such-project' }),
  ]) {
    const failure = await failureOf(call);
    assert.equal(failure.code, 403);
    assert.deepEqual(failure.response.data.error.details[0].metadata, {
      permission: 'resourcemanager.projects.get',
      resource: 'projects/no-such-project',
    });
  }
});

test('listServices_ofRunV1_isOfEveryRegion', async () => {
  const { data } = await run('v1').list({ parent: location('-') });
  assert.equal(data.kind, 'ServiceList');
  assert.deepEqual(
    data.items.map(({ metadata }) => [
      metadata.labels['cloud.googleapis.com/location'],
      metadata.name,
    ]),
    [
      ['europe-west1', 'far-service'],
      ['us-central1', 'kleos-service'],
    ],
  );
  const namespaced = google.run({ version: 'v1', rootUrl: url, auth: admin }).namespaces.services;
  assert.deepEqual(
    (await namespaced.list({ parent: 'namespaces/googleapis' })).data.items,
    data.items,
  );
});

test('listServices_ofRunV2_isOfOneRegion', async () => {
  for (const [region, name] of [
    [regions[0], 'far-service'],
    [regions[1], 'kleos-service'],
  ]) {
    const { data } = await run('v2').list({ parent: location(region) });
    assert.deepEqual(
      data.services.map(service => service.name),
      [`${location(region)}/services/${name}`],
    );
  }
  assert.equal((await failureOf(run('v2').list({ parent: location('-') }))).code, 400);
});

test('getService_ofBothVersions_hasTheSameUrls', async () => {
  const old = (await run('v1').get({ name: near })).data;
  const { data } = await run('v2').get({ name: near });
  assert.equal(data.name, near);
  assert.equal(data.ingress, 'INGRESS_TRAFFIC_ALL');
  assert.deepEqual(JSON.parse(old.metadata.annotations['run.googleapis.com/urls']), data.urls);
  assert.ok(data.urls.includes(data.uri));
  assert.ok(data.urls.includes('https://kleos-service-100000000004.us-central1.run.app'));
});

test('getService_whenMissing_is404InEachVersion', async () => {
  const name = `${location('us-central1')}/services/no-such-service`;
  for (const version of ['v1', 'v2']) {
    const failure = await failureOf(run(version).get({ name }));
    assert.equal(failure.code, 404);
    assert.equal(
      failure.message,
      "Resource 'no-such-service' of kind 'SERVICE' in region 'us-central1' in project 'googleapis' does not exist.",
    );
  }
});
