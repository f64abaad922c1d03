// The projections: how far each has folded, what it had to set aside; rebuilding beside the live copy, with progress.

import { order, read } from '../../api';
import { el, reconcile, setText, show } from '../../dom';
import { formatCount, formatPercent } from '../../i18n';
import type { Freshness } from '../../types';
import { ask } from '../shared/ask';
import { Poll } from '../shared/poll';
import { deeds, SectionHead, type Section } from './section';
import type { Projection, ProjectionShard } from './types';
import { t } from './words';

const kEveryMs = 4000;
const kWhileRebuildingMs = 700;

interface Answer {
  items: Projection[];
  freshness?: Freshness;
}

function isRunning(shard: ProjectionShard): boolean {
  return shard.state === 'rebuilding';
}

export function projectionsSection(): Section {
  const head = new SectionHead('projections');
  const list = el('ul', { class: 'projections' });
  const panel = el('section', { class: 'panel', attrs: { id: 'admin-projections' } }, head.root, list);
  const rebuilding = new Set<string>();

  const poll = new Poll(
    async () => {
      const answer = await read<Answer>('/v1/projections');
      head.fresh(answer.freshness);
      for (const item of answer.items) noteEnd(item);
      reconcile(list, answer.items, (item) => item.projection, build, update);
    },
    () => (rebuilding.size > 0 ? kWhileRebuildingMs : kEveryMs),
    (error) => head.failure(error),
  );

  /** Says once that a rebuild watched here has taken over; one that was cancelled was said so already. */
  function noteEnd(item: Projection): void {
    if (item.shards.some(isRunning)) rebuilding.add(item.projection);
    else if (rebuilding.delete(item.projection) && item.shards.every((shard) => shard.rebuild === null)) {
      deeds.did(t('rebuilt', { projection: item.projection }));
    }
  }

  function build(item: Projection): HTMLElement {
    const name = item.projection;
    const start = el('button', {
      class: 'button--small',
      text: t('rebuild'),
      attrs: { type: 'button', 'data-action': 'rebuild', 'aria-label': t('rebuild_of', { projection: name }) },
    });
    const cancel = el('button', {
      class: 'button--small',
      text: t('cancel'),
      attrs: { type: 'button', 'data-action': 'cancel', 'aria-label': t('cancel_of', { projection: name }) },
    });
    start.addEventListener('click', () => void startRebuild(name));
    cancel.addEventListener('click', () => void cancelRebuild(name));
    return el(
      'li',
      { class: 'projection' },
      el(
        'div',
        { class: 'projection__head' },
        el('h3', { text: name }),
        el('span', { class: 'projection__state' }),
        el('span', { class: 'projection__tools' }, start, cancel),
      ),
      el('ul', { class: 'projection__shards' }),
      el('details', { class: 'projection__aside' }, el('summary'), el('ul')),
    );
  }

  async function startRebuild(projection: string): Promise<void> {
    if ((await ask({ title: t('rebuild_ask', { projection }), text: [t('rebuild_text')], confirm: t('rebuild') })) === null)
      return;
    try {
      const answer = await order<{ shards: number }>('POST', `/v1/projections/${encodeURIComponent(projection)}/rebuild`);
      rebuilding.add(projection);
      deeds.did(t('rebuild_done', { projection, count: answer.shards }));
    } catch (error) {
      deeds.failed(t('rebuild_of', { projection }), error);
    }
    poll.now();
  }

  async function cancelRebuild(projection: string): Promise<void> {
    if ((await ask({ title: t('cancel_ask', { projection }), text: [t('cancel_text')], confirm: t('cancel') })) === null) return;
    try {
      const answer = await order<{ shards: number }>('DELETE', `/v1/projections/${encodeURIComponent(projection)}/rebuild`);
      rebuilding.delete(projection);
      deeds.did(t('cancel_done', { projection, count: answer.shards }));
    } catch (error) {
      deeds.failed(t('cancel_of', { projection }), error);
    }
    poll.now();
  }

  return { id: 'projections', panel, start: () => poll.start(), stop: () => poll.stop() };
}

function update(node: HTMLElement, item: Projection): void {
  const running = item.shards.some(isRunning);
  const [head, shards, aside] = Array.from(node.children) as HTMLElement[];
  if (!head || !shards || !aside) return;
  const state = head.querySelector('.projection__state') as HTMLElement;
  setText(state, `${t('projection_version')} ${item.version} · ${t(running ? 'state_rebuilding' : 'state_live')}`);
  state.dataset.state = running ? 'rebuilding' : 'live';
  show(head.querySelector('[data-action=rebuild]') as HTMLElement, !running);
  show(head.querySelector('[data-action=cancel]') as HTMLElement, running);
  reconcile(
    shards,
    item.shards,
    (shard) => String(shard.shard),
    () =>
      el(
        'li',
        { class: 'shard' },
        el('span'),
        el('span', { class: 'shard__lag' }),
        el('progress', { attrs: { max: '1' } }),
        el('span', { class: 'shard__rebuild' }),
      ),
    (row, shard) => updateShard(row, item.projection, shard),
  );
  const set = item.shards.flatMap((shard) => shard.set_aside);
  const bad = item.shards.some((shard) => (shard.set_aside_count ?? shard.set_aside.length) > 0);
  show(aside, bad);
  const counts = item.shards
    .filter((shard) => (shard.set_aside_count ?? shard.set_aside.length) > 0)
    .map((shard) => `${t('shard')} ${shard.shard}: ${formatCount(shard.set_aside_count ?? shard.set_aside.length)}`);
  if (aside.firstElementChild) setText(aside.firstElementChild, `${t('set_aside')} (${counts.join('; ')})`);
  const items = aside.lastElementChild;
  if (items && items.children.length !== set.length) {
    items.replaceChildren(
      ...set.map((entry) => el('li', { text: t('set_aside_one', { position: String(entry.position), reason: entry.reason }) })),
    );
  }
}

function updateShard(row: HTMLElement, projection: string, shard: ProjectionShard): void {
  const [at, lag, bar, word] = Array.from(row.children) as [HTMLElement, HTMLElement, HTMLProgressElement, HTMLElement];
  setText(at, t('shard_at', { shard: shard.shard, position: shard.position, head: shard.head }));
  setText(lag, shard.lag > 0 ? t('shard_lag', { lag: shard.lag }) : '');
  const { rebuild } = shard;
  show(bar, rebuild !== null);
  show(word, rebuild !== null);
  if (!rebuild) return;
  const percent = formatPercent(rebuild.progress);
  bar.value = rebuild.progress;
  bar.setAttribute('aria-label', t('rebuild_progress', { projection, shard: shard.shard, percent }));
  setText(word, isRunning(shard) ? percent : t('rebuild_held', { percent }));
}
