// How long the service waits, and for how much: a service with short limits, so that each is met.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AGENCIES, EVENTS, bare, client, follow, once } from './following.js';
import { installed, note, openCase, serve } from './service.js';

let installation;
let service;

before(async () => {
  installation = await installed();
  service = await serve(installation, {
    PRASAN_SOCKET_PING_SECONDS: '1',
    PRASAN_SOCKET_INIT_SECONDS: '1',
    PRASAN_OPERATIONS_PER_ACCOUNT: '3',
  });
});

after(() => service?.stop());

test('whoever says nothing at first is closed with 4408', async () => {
  const silent = await bare(service.url);
  assert.equal((await silent.closed).code, 4408);
});

test('whoever answers pings stays, whoever does not is dropped and may come again', async () => {
  const alive = await bare(service.url);
  const dead = await bare(service.url, { autoPong: false });
  for (const each of [alive, dead]) assert.equal((await each.init()).type, 'connection_ack');
  let pings = 0;
  const pinged = new Promise((resolve) => {
    alive.socket.on('ping', () => { pings += 1; if (pings === 3) resolve(); });
  });
  assert.equal((await dead.closed).code, 1006);
  await pinged;
  alive.say({ type: 'ping' });
  assert.equal((await alive.hear()).type, 'pong');
  alive.socket.close(1000);
  await alive.closed;
});

test('the pings of the client are answered', async () => {
  let pongs = 0;
  let heard;
  const ponged = new Promise((resolve) => { heard = resolve; });
  const made = client(service.url, null, {
    lazy: false, keepAlive: 50, on: { pong: (received) => { if (received) { pongs += 1; if (pongs === 2) heard(); } } },
  });
  await ponged;
  assert.deepEqual(made.closings, []);
  await made.dispose();
});

test('an account has so many operations at once, on all its sockets together', async () => {
  const caseId = await openCase(service, installation);
  const made = [1, 2].map(() => client(service.url, installation.tokens.volunteer));
  const events = [made[0], made[0], made[1]].map((one) => follow(one, caseId, installation.beginning));
  for (const one of events) assert.deepEqual(await one.texts(1), ['CASE_OPENED']);
  await assert.rejects(once(made[1], AGENCIES), ([error]) => error.extensions.code === 'OPERATIONS_TOO_MANY');
  const other = client(service.url, installation.tokens.coordinator);
  assert.equal((await once(other, AGENCIES)).agencies.length, 5);
  events[0].leave();
  let answer;
  while (!answer) answer = await once(made[1], AGENCIES).catch(([error]) => { assert.equal(error.extensions.code, 'OPERATIONS_TOO_MANY'); });
  await note(service, installation, caseId, 'ยังฟังอยู่');
  for (const one of events.slice(1)) assert.deepEqual(await one.texts(2), ['CASE_OPENED', 'ยังฟังอยู่']);
  for (const one of [...made, other]) await one.dispose();
});

test('an operation that was begun twice under one id closes with 4409', async () => {
  const caseId = await openCase(service, installation);
  const twice = await bare(service.url);
  await twice.init(installation.tokens.volunteer);
  const subscribe = { id: '1', type: 'subscribe', payload: { query: EVENTS, variables: { id: caseId } } };
  twice.say(subscribe);
  twice.say(subscribe);
  assert.equal((await twice.closed).code, 4409);
});
