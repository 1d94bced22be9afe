// What the tests follow, and how: the official client, or a bare socket that may say anything.

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export const EVENTS = `subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) {
  ... on CaseEvent { cursor event { kind note { text } } }
  ... on ResyncRequired { reason cursor }
  ... on Refusal { code } } }`;
export const AGENCIES = '{ agencies { code } }';
export const PROTOCOL = 'graphql-transport-ws';

/** The official client, as a front end would make it; its closings are kept. */
export function client(url, token, more = {}) {
  const closings = [];
  const made = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: token ? { Authorization: `Bearer ${token}`, 'Accept-Language': 'en' } : {},
    retryAttempts: Infinity,
    shouldRetry: () => true, // by itself it gives up where nobody listens for a moment
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
    ...more,
    on: { closed: (event) => closings.push({ code: event.code, reason: event.reason }), ...more.on },
  });
  return Object.assign(made, { closings });
}

/** Follow a case; the cursor of what was heard last is what a retry goes on from. */
export function follow(made, caseId, after) {
  const heard = [];
  const waiting = [];
  const payload = { query: EVENTS, variables: { id: caseId, after } };
  const wake = () => waiting.splice(0).forEach((resolve) => resolve());
  const state = { heard, error: undefined, isOver: false };
  state.leave = made.subscribe(payload, {
    next({ data }) {
      heard.push(data.caseEvents);
      if (data.caseEvents.cursor) payload.variables.after = data.caseEvents.cursor;
      wake();
    },
    error(error) { state.error = error; wake(); },
    complete() { state.isOver = true; wake(); },
  });
  /** Wait until so much was heard, or it is over. */
  state.until = async (count) => {
    while (heard.length < count && !state.error && !state.isOver) {
      await new Promise((resolve) => waiting.push(resolve));
    }
    if (state.error) throw state.error;
    return heard;
  };
  state.texts = async (count) => (await state.until(count)).map((one) => one.event.note?.text ?? one.event.kind);
  return state;
}

/** Ask once; give the data, or throw the errors. */
export async function once(made, query, variables) {
  for await (const { data } of made.iterate({ query, variables })) return data;
  return undefined;
}

/** A bare socket: says what it is told, hears message by message, knows how it was closed. */
export async function bare(url, { protocol = PROTOCOL, ...more } = {}) {
  const socket = new WebSocket(url, protocol, more);
  const messages = [];
  const waiting = [];
  let error;
  const closed = new Promise((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason), error }));
  });
  socket.on('message', (text) => {
    const message = JSON.parse(text);
    (waiting.shift() ?? ((one) => messages.push(one)))(message);
  });
  socket.on('error', (one) => { error = one; });
  await Promise.race([closed, new Promise((resolve) => { socket.once('open', resolve); })]);
  const say = (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const hear = () => (messages.length ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return {
    socket, say, hear, closed,
    async init(token) {
      say({ type: 'connection_init', payload: token ? { Authorization: `Bearer ${token}` } : {} });
      return hear();
    },
  };
}
