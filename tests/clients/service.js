// A real service for the tests: one small database, and `prasan serve` as often as wanted.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PYTHON = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));

let installing;

/** Give the one installation of this run. */
export const installed = () => (installing ??= install());

const running = new Set();

/** Stop what a failed test has left running, and remove the installation if it was ever made. */
export async function removed() {
  await Promise.all([...running].map((service) => service.stop('SIGKILL')));
  await (await installing)?.remove();
}

async function install() {
  const child = spawn(PYTHON, ['-m', 'tests.clients.installation'], {
    cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => { throw new Error(`no installation: ${code}`); });
  ended.catch(() => {});
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return {
    ...JSON.parse(line),
    async remove() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Start a service on a port, a free one unless it is named; wait until it serves. */
export async function serve(installation, settings = {}) {
  const [program, ...given] = installation.serve;
  const child = spawn(program, given, {
    cwd: installation.folder,
    env: { ...installation.environment, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = [];
  const lines = createInterface({ input: child.stderr });
  const exited = new Promise((resolve) => { child.once('exit', resolve); });
  const service = {
    said,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      running.delete(service);
      return exited;
    },
  };
  running.add(service);
  service.address = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      const found = /^Prasan serves http:\/\/(\S+)\/graphql/.exec(line);
      if (found) resolve(found[1]);
    });
    exited.then((code) => reject(new Error(`ended with ${code}: ${said.join('\n')}`)));
  });
  service.url = `ws://${service.address}/graphql`;
  return service;
}

export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/** Ask over HTTP, as somebody. */
export async function ask(service, token, query, variables = {}) {
  const response = await fetch(`http://${service.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'accept-language': 'en' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const DO = (verb, want) => {
  const kind = verb[0].toUpperCase() + verb.slice(1);
  return `mutation ($input: ${kind}Input!) { result: ${verb}(input: $input) {
    ... on ${kind}Payload { ${want} } ... on Refusal { code message } } }`;
};

async function act(service, token, verb, want, input) {
  const given = { operationId: crypto.randomUUID(), ...input };
  const { result } = await ask(service, token, DO(verb, want), { input: given });
  if (result.code) throw new Error(JSON.stringify(result));
  return result;
}

/** Open a case as the volunteer; give its id. */
export async function openCase(service, { tokens, tambon }) {
  const { citizen } = await act(service, tokens.volunteer, 'registerCitizen', 'citizen { id }', {
    givenName: 'สมหญิง', familyName: 'ใจดี',
  });
  const opened = await act(service, tokens.volunteer, 'openCase', 'case { id }', {
    citizen: { id: citizen.id }, problemTypes: ['UNPAID_WAGES'], area: tambon,
    narrative: 'ไม่ได้รับค่าจ้าง', channel: 'VOLUNTEER',
  });
  return opened.case.id;
}

export const note = (service, { tokens }, caseId, text) =>
  act(service, tokens.volunteer, 'addNote', 'note { id }', { case: { id: caseId }, text, audience: 'CASE' });
