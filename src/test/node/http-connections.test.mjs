// Many requests at once, many on one connection, and clients that leave.

import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { port, send } from './emulator.mjs';

const project = '/v1/projects/connections';
const accounts = `${project}/serviceAccounts`;

test('twoHundredAtOnce_areAllAnswered', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      i % 2 === 0
        ? send('GET', project)
        : send('POST', accounts, { body: JSON.stringify({ accountId: `account-${i}` }) }),
    ),
  );
  assert.deepEqual(new Set(answers.map(answer => answer.status)), new Set([200]));
  const created = answers.flatMap(({ json }) => json.uniqueId ?? []);
  assert.equal(new Set(created).size, 100);
  const { json } = await send('GET', `${accounts}?pageSize=100`);
  assert.deepEqual(json.accounts.map(it => it.uniqueId).sort(), created.sort());
});

test('keepAlive_throughErrors_staysOnOneConnection', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const connections = new Set();
  agent.on('free', socket => connections.add(socket.localPort));
  const requests = [
    ['GET', project, 200],
    ['POST', accounts, 400, '{"accountId": '],
    ['GET', '/nowhere', 404],
    ['PUT', accounts, 405, 'a body that nobody reads'],
    ['POST', accounts, 400, Buffer.alloc(20 << 20, ' ')],
    ['HEAD', '/nowhere', 404],
    ['GET', project, 200],
  ];
  try {
    for (const [verb, path, status, body] of requests) {
      assert.equal((await send(verb, path, { body, agent })).status, status, `${verb} ${path}`);
    }
  } finally {
    agent.destroy();
  }
  assert.equal(connections.size, 1);
});

/** Sends a text and hangs up as soon as it is sent. */
async function sendAndLeave(text) {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {}); // the emulator may hang up as well
  await once(socket, 'connect');
  await new Promise(sent => socket.write(text, sent));
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}

test('clientsThatHangUp_leaveTheEmulatorAlive', async () => {
  const half = `POST ${accounts} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"accountId"`;
  const whole = `GET ${accounts} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const noHttp = ['', 'GET ', '\x16\x03\x01\x02\x00', 'hello\r\n\r\n'];
  const texts = [...noHttp, half, whole, whole.repeat(50)];
  for (let i = 0; i < 20; i++) {
    await Promise.all(texts.map(sendAndLeave));
  }
  assert.equal((await send('GET', project)).status, 200);
});

test('aSlowClient_holdsNobodyUp', async () => {
  const slow = net.connect(port, '127.0.0.1');
  await once(slow, 'connect');
  await new Promise(sent => slow.write(`POST ${accounts} HTTP/1.1\r\nHost: x\r\n`, sent));
  try {
    assert.equal((await send('GET', project)).status, 200);
    const body = '{"accountId": "slow-client"}';
    slow.write(`Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    let answer = '';
    for await (const piece of slow) {
      answer += piece;
    }
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  } finally {
    slow.destroy();
  }
});
