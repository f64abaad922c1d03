// The head of a page that is about no single meeting: title, what is remarked, state of the feed, freshness, trouble.

import { ReadError } from '../../api';
import { el, setText, show } from '../../dom';
import type { FeedState } from '@dongbo/feed';
import { t, type Word } from '../../i18n';
import type { Freshness } from '../../types';
import { plainHead } from '../../views/freshness';
import type { PageContext } from '../page';

const kFeedWords: Record<FeedState['kind'], Word> = {
  reading: 'feed_reading',
  connecting: 'feed_connecting',
  live: 'feed_live',
  broken: 'feed_broken',
  closed: 'feed_closed',
};

export class PageHead {
  private readonly plain: ReturnType<typeof plainHead>;
  private readonly feed = el('span', { class: 'feed', attrs: { id: 'feed-state', role: 'status' } });
  private readonly problem = el('p', { class: 'trouble', attrs: { role: 'status' } });
  private readonly simulatedMark = el('p', { class: 'simulated', title: t('simulated_hint') }, 'MÔ PHỎNG / SIMULATED');

  constructor(private readonly context: PageContext, private readonly title: string) {
    this.plain = plainHead(context.head, title);
    const fresh = this.plain.fresh.asOf.parentElement;
    fresh?.prepend(this.feed);
    fresh?.parentElement?.append(this.problem);
    fresh?.parentElement?.before(this.simulatedMark);
    show(this.problem, false);
    this.simulated(false);
    this.note('');
  }

  note(text: string): void {
    setText(this.plain.note, text);
    show(this.plain.note, text !== '');
  }

  feedState(state: FeedState): void {
    setText(this.feed, t(kFeedWords[state.kind]));
    this.feed.dataset.state = state.kind;
    document.body.dataset.feed = state.kind;
  }

  fresh(freshness: Freshness | undefined, day?: string): void {
    this.plain.fresh.render(freshness, day);
  }

  trouble(error: ReadError | null): void {
    show(this.problem, error !== null);
    if (error) setText(this.problem, t('read_failed', { detail: error.message }));
  }

  /** Says in the page and in the tab's name that what is shown is simulated. */
  simulated(is: boolean): void {
    show(this.simulatedMark, is);
    document.body.classList.toggle('is-simulated', is);
    this.context.title(is ? `[${t('simulated')}] ${this.title}` : this.title);
  }
}
