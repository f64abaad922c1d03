// Reads of the hub's outer HTTP: same origin only, JSON, with If-None-Match and min_position.

import { t } from './i18n';
import type { ListAnswer, Position } from './types';

/** What the page does next with a failed read: all of them are shown, only some are worth another try at once. */
export class ReadError extends Error {
  constructor(
    readonly status: number, // 0: the hub could not be reached
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message);
  }
}

interface Cached {
  etag: string;
  value: unknown;
}

/** The last answers with their validators, least recently used first. */
const cache = new Map<string, Cached>();
const kCachedMost = 64;
const kTimeoutMs = 20_000;
/** Re-driving a whole quarantine takes its time. */
const kOrderTimeoutMs = 300_000;

/**
 * With two feeds this leaves one of the browser's six connections to the hub, by which the reader can go elsewhere while
 * answers are slow to come.
 */
const kReadsAtOnce = 3;
const reads = new Set<AbortController>();
const waiting: (() => void)[] = [];
/** A page that is left, and that the browser may keep to go back to, holds no connection for an answer either. */
let isLeft = false;
window.addEventListener('pagehide', () => {
  isLeft = true;
  reads.forEach((abort) => abort.abort());
});
window.addEventListener('pageshow', () => {
  isLeft = false;
});

/** One JSON answer. With `atLeast` the hub waits until its answer has reached that position (503 when it cannot). */
export async function read<T>(path: string, atLeast: Position = ''): Promise<T> {
  const url =
    atLeast === '' ? path : `${path}${path.includes('?') ? '&' : '?'}min_position=${encodeURIComponent(atLeast)}`;
  while (reads.size >= kReadsAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), kTimeoutMs);
  reads.add(abort);
  if (isLeft) abort.abort();
  const held = cache.get(path);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (held) headers['If-None-Match'] = held.etag;
  try {
    // no-store: the validators are kept here; the browser's own cache would only hold everything twice.
    const response = await fetch(url, { headers, cache: 'no-store', credentials: 'same-origin', signal: abort.signal });
    if (response.status === 304 && held) {
      keep(path, held);
      return held.value as T;
    }
    if (!response.ok) throw await problemOf(response);
    const value = (await response.json()) as T;
    const etag = response.headers.get('ETag');
    cache.delete(path);
    if (etag) keep(path, { etag, value });
    return value;
  } catch (error) {
    throw failureOf(error);
  } finally {
    clearTimeout(timer);
    reads.delete(abort);
    waiting.shift()?.();
  }
}

/** One order (POST, DELETE) and its answer. Never sent twice by itself: what became of a lost one is for a person to see. */
export async function order<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), kOrderTimeoutMs);
  try {
    const response = await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'same-origin',
      signal: abort.signal,
    });
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  } catch (error) {
    throw failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function keep(path: string, entry: Cached): void {
  cache.delete(path);
  cache.set(path, entry);
  const oldest = cache.keys().next().value;
  if (cache.size > kCachedMost && oldest !== undefined) cache.delete(oldest);
}

/** Every page of a list as one answer; the freshness is that of the first page, the least it has reached. */
export async function readAll<T>(path: string, atLeast: Position = ''): Promise<ListAnswer<T>> {
  const join = path.includes('?') ? '&' : '?';
  const first = await read<ListAnswer<T>>(`${path}${join}page_size=1000`, atLeast);
  const items = [...first.items];
  let token = first.next_page_token ?? '';
  while (token !== '') {
    const next = await read<ListAnswer<T>>(`${path}${join}page_size=1000&page_token=${encodeURIComponent(token)}`);
    items.push(...next.items);
    token = next.next_page_token ?? '';
  }
  return { items, freshness: first.freshness };
}

/** Why there is no answer, in the reader's words: what a browser says of it is English and differs from one to the next. */
function failureOf(error: unknown): ReadError {
  if (error instanceof ReadError) return error;
  const name = error instanceof Error ? error.name : '';
  const word = name === 'AbortError' ? 'no_answer' : name === 'SyntaxError' ? 'unreadable_answer' : 'unreachable';
  return new ReadError(0, t(word), 1000);
}

async function problemOf(response: Response): Promise<ReadError> {
  let message = `${response.status} ${response.statusText}`;
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    message = [problem.title, problem.detail].filter(Boolean).join(': ') || message;
  } catch {
    // Not a problem document: the status line has to do.
  }
  const seconds = Number(response.headers.get('Retry-After'));
  return new ReadError(response.status, message, Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000);
}
