// Health and state of the hub: its own checks in words, the shards, the broker.

import { read } from '../../api';
import { el, setText, show } from '../../dom';
import { formatCount, formatInstant } from '../../i18n';
import { Grid, textCell } from '../shared/grid';
import { Poll } from '../shared/poll';
import { formatBytes, SectionHead, type Section } from './section';
import type { Check, Partition, ShardStatus, Status } from './types';
import { t, type AdminWord } from './words';

const kEveryMs = 5000;

/** /readyz says in its body why it is not ready, so a 503 is an answer here, not a failure. */
async function readChecks(): Promise<Check[]> {
  const response = await fetch('/readyz', {
    cache: 'no-store',
    credentials: 'same-origin',
    headers: { Accept: 'application/json' },
  });
  if (response.status !== 200 && response.status !== 503) return [];
  const body = (await response.json().catch(() => null)) as { checks?: Check[] } | null;
  return body?.checks ?? [];
}

function count(value: number | undefined): string {
  return value === undefined ? '–' : formatCount(value);
}

export function statusSection(): Section {
  const head = new SectionHead('status');
  const light = el('p', { class: 'health', attrs: { role: 'status', id: 'health' } });
  const checks = el('ul', { class: 'checks', attrs: { 'aria-label': t('checks') } });
  const facts = el('dl', { class: 'facts-list' });
  const shards = shardGrid();
  const partitions = partitionGrid();
  const kafkaTitle = el('h3', { text: t('partitions') });
  const panel = el(
    'section',
    { class: 'panel', attrs: { id: 'admin-status' } },
    head.root,
    el('div', { class: 'health-row' }, light, checks),
    facts,
    el('h3', { text: t('shards') }),
    shards.root,
    el('p', { class: 'note', text: t('since_start') }),
    kafkaTitle,
    partitions.root,
  );
  show(kafkaTitle, false);
  show(partitions.root, false);

  const readOnce = async (): Promise<void> => {
    const [status, found] = await Promise.all([read<Status>('/v1/status'), readChecks()]);
    head.fresh();
    setText(light, t(status.ready === false ? 'not_ready' : 'ready'));
    light.dataset.state = status.ready === false ? 'bad' : 'good';
    checks.replaceChildren(
      ...found.map((check) =>
        el('li', {
          class: check.ok ? 'check check--good' : 'check check--bad',
          text: `${check.name}: ${t(check.ok ? 'check_ok' : 'check_bad')}${check.detail ? `, ${check.detail}` : ''}`,
        }),
      ),
    );
    drawFacts(facts, status);
    shards.render(status.shards);
    const held = status.kafka?.partitions ?? [];
    show(kafkaTitle, held.length > 0);
    show(partitions.root, held.length > 0);
    partitions.render(held);
  };
  const poll = new Poll(
    readOnce,
    () => kEveryMs,
    (error) => {
      head.failure(error);
      if (!error) return;
      setText(light, t('unreachable'));
      light.dataset.state = 'bad';
    },
  );
  return { id: 'status', panel, start: () => poll.start(), stop: () => poll.stop() };
}

function drawFacts(list: HTMLElement, status: Status): void {
  const kafka = status.kafka;
  const broker = !kafka
    ? t('kafka_off')
    : [
        kafka.connected ? t('kafka_on') : t('kafka_broken', { detail: kafka.last_error ?? '' }),
        t('passed_on', { count: kafka.passed_on ?? 0 }),
        t('out_waiting', { count: (kafka.out ?? []).reduce((sum, one) => sum + one.waiting, 0) }),
      ].join(', ');
  const started = status.started_at_unix ? formatInstant(new Date(status.started_at_unix * 1000).toISOString()) : '–';
  const facts: [AdminWord, string][] = [
    ['version', status.version],
    ['started', started],
    ['position', status.position ?? '–'],
    ['connections', count(status.connections)],
    ['feed_sessions', count(status.feed_sessions)],
    ['memory', formatBytes(status.resident_bytes)],
    ['kernel', status.json_kernel ?? '–'],
    ['kafka', broker],
    ['hub', status.hub ?? '–'],
  ];
  list.replaceChildren(...facts.map(([word, value]) => el('div', {}, el('dt', { text: t(word) }), el('dd', { text: value }))));
}

function shardGrid(): Grid<ShardStatus> {
  const number = (key: AdminWord, of: (row: ShardStatus) => number | undefined) => ({
    key: String(key),
    title: t(key),
    numeric: true,
    fill: textCell((row: ShardStatus) => count(of(row))),
  });
  return new Grid<ShardStatus>({
    caption: t('shards'),
    stacks: true,
    keyOf: (row) => String(row.shard),
    rowClass: (row) => (row.failure ? 'is-bad' : ''),
    columns: [
      { key: 'shard', title: t('shard'), head: true, fill: textCell((row) => String(row.shard)) },
      number('head', (row) => row.position),
      number('folded', (row) => row.folded),
      number('lag', (row) => row.lag),
      { key: 'queue', title: t('queue'), numeric: true, fill: textCell((row) => formatBytes(row.queue)) },
      number('accepted', (row) => row.accepted),
      number('duplicates', (row) => row.duplicates),
      number('conflicts', (row) => row.conflicts),
      number('quarantined', (row) => row.quarantined),
      { key: 'disk', title: t('disk'), numeric: true, fill: textCell((row) => formatBytes(row.disk_bytes)) },
      { key: 'failure', title: t('failure'), fill: textCell((row) => row.failure || t('not_here')) },
    ],
  });
}

function partitionGrid(): Grid<Partition> {
  return new Grid<Partition>({
    caption: t('partitions'),
    stacks: true,
    keyOf: (row) => String(row.partition),
    columns: [
      { key: 'partition', title: t('partition'), head: true, fill: textCell((row) => String(row.partition)) },
      { key: 'next', title: t('next_offset'), numeric: true, fill: textCell((row) => formatCount(row.next_offset)) },
      { key: 'end', title: t('end_offset'), numeric: true, fill: textCell((row) => formatCount(row.end_offset)) },
      { key: 'paused', title: t('paused'), fill: textCell((row) => (row.paused ? t('yes') : t('not_here'))) },
    ],
  });
}
