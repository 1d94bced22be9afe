// The official client of graphql-transport-ws against a running service: what a front end relies on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AGENCIES, bare, client, follow, once } from './following.js';
import { freePort, installed, note, openCase, serve } from './service.js';

const CODES = { agencies: ['OPS', 'DOE', 'DSD', 'DLPW', 'SSO'].map((code) => ({ code })) };
let installation;
let service;

before(async () => {
  installation = await installed();
  service = await serve(installation);
});

after(() => service?.stop());

test('two operations on one socket are answered each by itself', async () => {
  const caseId = await openCase(service, installation);
  const made = client(service.url, installation.tokens.volunteer);
  const events = follow(made, caseId, installation.beginning);
  assert.deepEqual(await events.texts(1), ['CASE_OPENED']);
  assert.deepEqual(await once(made, AGENCIES), CODES);
  await note(service, installation, caseId, 'โทรแล้ว');
  assert.deepEqual(await events.texts(2), ['CASE_OPENED', 'โทรแล้ว']);
  events.leave();
  assert.deepEqual(await once(made, AGENCIES), CODES);
  assert.deepEqual(made.closings, []);
  await made.dispose();
});

test('a wrong operation fails alone: the other goes on', async () => {
  const caseId = await openCase(service, installation);
  const made = client(service.url, installation.tokens.volunteer);
  const events = follow(made, caseId, installation.beginning);
  await events.until(1);
  for (const [query, code] of [['{', 'GRAPHQL_PARSE_FAILED'], ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED']]) {
    await assert.rejects(once(made, query), ([error]) => error.extensions.code === code);
  }
  await note(service, installation, caseId, 'ยังฟังอยู่');
  assert.deepEqual(await events.texts(2), ['CASE_OPENED', 'ยังฟังอยู่']);
  assert.deepEqual(made.closings, []);
  await made.dispose();
});

const MALFORMED = {
  'a number': '5',
  null: 'null',
  'a payload that is null': { type: 'subscribe', id: '1', payload: null },
  'a query that is no string': { type: 'subscribe', id: '1', payload: { query: 5 } },
  'no JSON': '{',
};

for (const [name, frame] of Object.entries(MALFORMED)) {
  test(`${name} closes its own socket with 4400, and no other`, async () => {
    const other = client(service.url, null, { lazy: false });
    assert.deepEqual(await once(other, AGENCIES), CODES);
    const wrong = await bare(service.url);
    assert.equal((await wrong.init(installation.tokens.volunteer)).type, 'connection_ack');
    wrong.say(frame);
    assert.equal((await wrong.closed).code, 4400);
    assert.deepEqual(await once(other, AGENCIES), CODES);
    assert.deepEqual(other.closings, []);
    await other.dispose();
  });
}

test('the legacy protocol is not spoken: its client does not even open', async () => {
  const legacy = await bare(service.url, { protocol: 'graphql-ws' });
  assert.match((await legacy.closed).error.message, /subprotocol/);
});

test('a token that is not good is told with 4403', async () => {
  const made = client(service.url, 'nonsense', { retryAttempts: 0 });
  await assert.rejects(once(made, AGENCIES), (event) => event.code === 4403);
});

test('when the service restarts, or is killed, the client comes back by itself: nothing missed, nothing twice', async (t) => {
  const port = await freePort();
  let own = await serve(installation, { PRASAN_PORT: port });
  const caseId = await openCase(service, installation);
  const made = client(own.url, installation.tokens.volunteer);
  t.after(() => made.dispose());
  const events = follow(made, caseId, installation.beginning);
  const wanted = ['CASE_OPENED'];
  for (const [signal, exit, code] of [['SIGTERM', 0, 1012], ['SIGKILL', null, 1006]]) {
    const write = async (text) => {
      await note(service, installation, caseId, text);
      wanted.push(text);
    };
    await write(`before ${signal}`);
    assert.deepEqual(await events.texts(wanted.length), wanted);
    made.closings.length = 0;
    assert.equal(await own.stop(signal), exit);
    await write(`after ${signal}`);
    assert.deepEqual(own.said.filter((line) => line.includes('Traceback')), []);
    own = await serve(installation, { PRASAN_PORT: port });
    await write(`since the start after ${signal}`);
    assert.deepEqual(await events.texts(wanted.length), wanted);
    assert.equal(made.closings[0].code, code);
    if (signal === 'SIGTERM') assert.match(made.closings[0].reason, /^Restarting/);
  }
  await made.dispose();
  assert.equal(await own.stop(), 0);
});
