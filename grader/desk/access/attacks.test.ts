import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { removeAssistant, setPassword } from '../../gradebook/store/assistants.ts';
import { progressOf } from '../../gradebook/store/progress.ts';
import { hostOf, serveDesk } from '../serveDesk.ts';
import { cookieName } from './guard.ts';
import { hiddenFields } from '../test/browse.ts';
import { recordClass } from '../test/exampleCourse.ts';
import { CRITERION, type Example, HOST, openExample } from '../test/openExample.ts';
import { storedPassword } from './passwords.ts';

let example: Example;
let page: string;
beforeAll(async () => {
  example = await openExample();
  const [team] = await recordClass(example.book, example.assignment, 2);
  page = `/a/conv2d-gemm/marking/${CRITERION}/${team}/`;
});
afterAll(() => example?.close());

const given = async () => (await example.book.read((db) => progressOf(db, example.assignment.id))).given;
const formOf = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields);

test('nobody without a session sees a page or changes anything', async () => {
  for (const path of ['/', '/a/conv2d-gemm/', page, '/machine/', '/a/conv2d-gemm/live', '/a/conv2d-gemm/export/canvas'])
    for (const cookie of ['', 'im2grade-desk-8123=', `im2grade-desk-8123=${'A'.repeat(43)}`, '__proto__=1'])
      expect([path, (await example.app.request(path, { headers: { host: HOST, cookie } })).status]).toEqual([
        path,
        401,
      ]);
  const body = formOf({ kind: 'points', criterion: CRITERION, points: '5', note: 'mine', attempt: 'x' });
  const headers = { host: HOST, origin: `http://${HOST}` };
  expect((await example.app.request(page, { method: 'POST', body, headers })).status).toBe(401);
  expect(await given()).toBe(0);
});

test('a link works once, and its cookie is for this site and not for scripts', async () => {
  const token = example.sessions.newLink('Grace');
  const enter = () => example.app.request(`/enter?token=${token}`, { headers: { host: HOST } });
  const first = await enter();
  expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
  expect(first.headers.get('set-cookie')).toMatch(
    /^im2grade-desk-8123=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u,
  );
  const second = await enter();
  expect([second.status, second.headers.get('set-cookie')]).toEqual([403, null]);
  for (const wrong of ['', 'A'.repeat(43), `${token}A`])
    expect((await example.app.request(`/enter?token=${wrong}`, { headers: { host: HOST } })).status).toBe(403);
});

test('a foreign name that leads here gets nothing, with or without a cookie', async () => {
  const grace = await example.as('Grace');
  for (const host of ['evil.example', 'desk.test', 'desk.test:80', '127.0.0.1:8123', `${HOST}.evil.example`, ''])
    expect([host, (await grace.get('/', { host })).status]).toEqual([host, 421]);
  const answer = await grace.get('/', { host: 'evil.example' });
  expect(await answer.text()).not.toContain('Course');
});

test.each([
  ['127.0.0.1', 8123, '127.0.0.1:8123', 'im2grade-desk-8123'],
  ['Grading.Example.ORG', 80, 'grading.example.org', 'im2grade-desk-80'],
  ['::1', 80, '[::1]', 'im2grade-desk-80'],
  ['0:0:0:0:0:0:0:1', 8123, '[::1]:8123', 'im2grade-desk-8123'],
])('a desk at %s and port %i is named as browsers name it', (address, port, host, cookie) => {
  expect([hostOf(address, port), cookieName(host)]).toEqual([host, cookie]);
});

test('a form of another site changes nothing, even with the cookie and the token', async () => {
  const grace = await example.as('Grace');
  const fields = { ...hiddenFields(await grace.read(page)), points: '5', note: 'mine' };
  const send = (headers: Readonly<Record<string, string>>, body = formOf(fields)) =>
    example.app.request(page, { method: 'POST', body, headers: { host: HOST, cookie: grace.cookie, ...headers } });
  for (const origin of ['http://evil.example', 'null', `https://${HOST}`, 'http://desk.test', ''])
    expect([origin, (await send({ origin })).status]).toEqual([origin, 403]);
  expect((await send({})).status).toBe(403);
  const own = { origin: `http://${HOST}` };
  for (const token of ['', 'A'.repeat(43)]) expect((await send(own, formOf({ ...fields, token }))).status).toBe(403);
  const alan = await example.as('Alan');
  const theirs = hiddenFields(await alan.read(page))['token'];
  expect((await send(own, formOf({ ...fields, token: theirs }))).status).toBe(403);
  expect(await given()).toBe(0);
});

test('every answer, a refusal as well, forbids scripts of others, frames and guesses of its kind', async () => {
  const grace = await example.as('Grace');
  const answers = [await grace.get('/'), await grace.get('/nowhere'), await grace.get('/', { host: 'evil.example' })];
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('no path leads to a file, or to what is not there', async () => {
  const grace = await example.as('Grace');
  const team = page.split('/').at(-2)!;
  const paths = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/a/..%2f..%2fskeleton/',
    '/a/__proto__/',
    '/a/conv2d-gemm/team/..%2f..%2fetc%2fpasswd/',
    `/a/conv2d-gemm/team/${team}/source/?file=../../../etc/passwd`,
    `/a/conv2d-gemm/team/${team}/file?file=/etc/passwd`,
    `/a/conv2d-gemm/team/${team}/?attempt=../../x`,
    `/a/conv2d-gemm/team/${team}/changes/?from=..%2f..%2fetc`,
    '/a/conv2d-gemm/export/constructor',
    '/a/conv2d-gemm/marking/toString/',
  ];
  for (const path of paths) expect([path, (await grace.get(path)).status]).toEqual([path, 404]);
});

test('who signs out cannot do anything any more, not with a kept cookie and not on a page that is still open', async () => {
  const grace = await example.as('Grace');
  const form = hiddenFields(await grace.read(page));
  const live = await grace.get('/a/conv2d-gemm/live');
  const events = live.text();
  // Another site cannot sign anybody out.
  const send = (to: string, fields: Readonly<Record<string, string>>, origin = `http://${HOST}`) =>
    example.app.request(to, {
      method: 'POST',
      body: formOf(fields),
      headers: { host: HOST, cookie: grace.cookie, origin },
    });
  expect((await send('/sign-out', form, 'http://evil.example')).status).toBe(403);
  expect((await send('/sign-out', { token: 'A'.repeat(43) })).status).toBe(403);
  expect((await grace.get('/')).status).toBe(200);
  const answer = await send('/sign-out', form);
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('Max-Age=0')]);
  expect((await grace.get('/')).status).toBe(401);
  expect((await send(page, { ...form, points: '5', note: 'mine' })).status).toBe(401);
  await events;
  expect(await given()).toBe(0);
});

test('a damaged form is refused, and is no fault of the desk', async () => {
  const { cookie } = await example.as('Grace');
  for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data', 'application/json', 'text/plain'])
    for (const path of [page, '/a/conv2d-gemm/export/moodle', '/sign-out']) {
      const headers = { host: HOST, origin: `http://${HOST}`, cookie, 'content-type': type };
      const { status } = await example.app.request(path, { method: 'POST', body: '--x\r\njunk', headers });
      expect([type, path, status]).toEqual([type, path, type.startsWith('multipart') ? 400 : 403]);
    }
  expect((await example.as('Grace')).cookie).not.toBe('');
  expect(await given()).toBe(0);
});

test('a huge form is refused before it is read', async () => {
  const grace = await example.as('Grace');
  const note = 'x'.repeat(5 * 2 ** 20);
  expect((await grace.send(page, { points: '5', note })).status).toBe(413);
  expect((await grace.send(page, { points: '5', note: 'x'.repeat(20_000) })).status).toBe(400);
  expect(await given()).toBe(0);
});

test('who sends a form slowly is cut off, and nobody else waits', async () => {
  const served = await serveDesk(
    example.app,
    { host: '127.0.0.1', port: 0 },
    { requestTimeout: 5000, headersTimeout: 5000, connectionsCheckingInterval: 50 },
  );
  try {
    const [host, port] = served.host.split(':');
    const socket = connect(Number(port), host);
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (piece: Buffer) => (text += piece.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    // Somebody who may send forms: of others nothing of the form is read.
    const { cookie } = await example.as('Grace');
    const head = [`POST ${page} HTTP/1.1`, `Host: ${HOST}`, `Origin: http://${HOST}`, `Cookie: ${cookie}`];
    const kind = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 1000'];
    socket.write(`${[...head, ...kind].join('\r\n')}\r\n\r\nkind=`);
    const other = await fetch(`http://${served.host}/desk.css`);
    expect(other.status).toBe(421);
    expect(await answer).toMatch(/^(HTTP\/1\.1 408|$)/u);
  } finally {
    await served.close();
  }
});

test('a desk that only shows has no forms and takes none', async () => {
  const shown = await openExample({ isReadOnly: true });
  try {
    const [team] = await recordClass(shown.book, shown.assignment, 1);
    const grace = await shown.as('Grace');
    // The one to sign out is left.
    for (const path of ['marking/', `team/${team}/`, 'export/', 'requests/', 'regrading/'])
      expect((await (await grace.get(`/a/conv2d-gemm/${path}`)).text()).split('method="post"').length).toBeLessThan(3);
    const form = { kind: 'points', criterion: CRITERION, points: '5', note: 'mine' };
    const changing = shown.app.routes.filter(({ method, path }) => method === 'POST' && path !== '/sign-out');
    expect(changing.length).toBeGreaterThan(10);
    for (const { path } of changing) {
      const to = path.replace(':assignment', 'conv2d-gemm').replace(':criterion', CRITERION).replace(':team', team);
      expect([to, (await grace.send('/', form, to)).status]).toEqual([to, 403]);
    }
    expect((await grace.send('/', {}, '/sign-out')).status).toBe(200);
    expect((await grace.get('/')).status).toBe(401);
  } finally {
    await shown.close();
  }
});

describe('with passwords', () => {
  let shared: Example;
  beforeAll(async () => {
    shared = await openExample({ hasPasswords: true });
    const password = await storedPassword('correct horse');
    await shared.book.write((db) => setPassword(db, 'Grace', password));
  });
  afterAll(() => shared?.close());
  const signIn = (name: string, password: string, origin = `http://${HOST}`) =>
    shared.app.request('/sign-in', {
      method: 'POST',
      body: formOf({ name, password }),
      headers: { host: HOST, origin },
    });

  test('only the right one lets in, under the name that it belongs to', async () => {
    expect((await shared.app.request('/', { headers: { host: HOST } })).headers.get('location')).toBe('/sign-in');
    for (const [name, password] of [
      ['Grace', 'wrong'],
      ['Grace', ''],
      ['nobody', 'correct horse'],
      ['__proto__', 'correct horse'],
    ])
      expect([name, (await signIn(name, password)).status]).toEqual([name, 403]);
    const cookie = (await signIn('Grace', 'correct horse')).headers.get('set-cookie')!.split(';')[0];
    const course = await shared.app.request('/', { headers: { host: HOST, cookie } });
    expect(await course.text()).toContain('<bdi>Grace</bdi>');
  });

  test.each([
    ['is removed', async () => void (await shared.book.write((db) => removeAssistant(db, 'Alan')))],
    [
      'gets another password',
      async () => {
        const other = await storedPassword('another horse');
        await shared.book.write((db) => setPassword(db, 'Alan', other));
      },
    ],
  ])('the sessions of somebody who %s end at once', async (_, change) => {
    const password = await storedPassword('correct horse');
    await shared.book.write((db) => setPassword(db, 'Alan', password));
    const cookie = (await signIn('Alan', 'correct horse')).headers.get('set-cookie')!.split(';')[0];
    const get = (path: string) => shared.app.request(path, { headers: { host: HOST, cookie } });
    expect((await get('/')).status).toBe(200);
    const events = (await get('/a/conv2d-gemm/live')).text();
    await change();
    const after = await get('/');
    expect([after.status, after.headers.get('location')]).toEqual([303, '/sign-in']);
    await events;
    // The old cookie stays worthless, even if the same password is given again.
    await shared.book.write((db) => setPassword(db, 'Alan', password));
    expect((await get('/')).status).toBe(303);
  });

  test('another site cannot sign anybody in', async () => {
    expect((await signIn('Grace', 'correct horse', 'http://evil.example')).status).toBe(403);
  });
});
