// What can be done about held entries. Each is asked once, sent once and told afterwards; `onDone` is called in either case.

import { order } from '../../api';
import { ask } from '../shared/ask';
import { deeds } from './section';
import type { Redriven } from './types';
import { reasonWord, t } from './words';

export interface QuarantineFilter {
  reason: string;
  source: string;
}

/** "?reason=…&source=…" of what is not empty. */
export function queryOf(parts: Record<string, string>): string {
  const text = Object.entries(parts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

export class QuarantineOrders {
  constructor(private readonly onDone: () => void) {}

  readonly redriveOne = async (id: string): Promise<void> => {
    const title = t('redrive_ask', { id });
    if ((await ask({ title, text: [t('redrive_text')], confirm: t('redrive') })) === null) return;
    await this.redrive(`/v1/quarantine/${encodeURIComponent(id)}/redrive`, t('what_one', { id }));
  };

  readonly redriveFiltered = async ({ reason, source }: QuarantineFilter): Promise<void> => {
    const scope = t('redrive_scope', { reason: reason ? reasonWord(reason) : t('any'), source: source || t('any') });
    const text = [scope, t('redrive_text'), t('redrive_order')];
    if ((await ask({ title: t('redrive_ask_filter'), text, confirm: t('redrive') })) === null) return;
    await this.redrive(`/v1/quarantine/redrive${queryOf({ reason, source })}`, t('what_filter'));
  };

  readonly redriveAll = async (): Promise<void> => {
    const text = [t('redrive_text'), t('redrive_order')];
    if ((await ask({ title: t('redrive_ask_all'), text, confirm: t('redrive_all') })) === null) return;
    await this.redrive('/v1/quarantine/redrive', t('what_all'));
  };

  readonly discardOne = async (id: string): Promise<void> => {
    const why = await ask({ title: t('discard_ask', { id }), text: [t('discard_text')], confirm: t('discard'), reason: true });
    if (why === null) return;
    try {
      await order('POST', `/v1/quarantine/${encodeURIComponent(id)}/discard`, { reason: why });
      deeds.did(t('discard_done', { id, reason: why }));
    } catch (error) {
      deeds.failed(`${t('discard')} ${id}`, error);
    }
    this.onDone();
  };

  private async redrive(path: string, what: string): Promise<void> {
    try {
      const { tried, accepted, duplicate, still_refused: refused, held_back } = await order<Redriven>('POST', path);
      deeds.did(t('redrive_done', { what, tried, accepted, duplicate, refused, held_back }));
    } catch (error) {
      deeds.failed(`${t('redrive')} ${what}`, error);
    }
    this.onDone();
  }
}
