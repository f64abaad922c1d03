// The filters of the journal: what the API can filter by, and where the search begins.

import { stepBack } from '@dongbo/feed';
import { read } from '../../api';
import { el, show } from '../../dom';
import { factNames } from '../../labels';
import type { Position } from '../../types';
import { field, option } from '../shared/field';
import type { Status } from './types';
import { t } from './words';

const kRecent = 500;

/** Kept while the program lives. */
const chosen = { from: 'recent', after: '', type: '', source: '', subject: '', meeting: '' };

/** What is asked for, as the query of /v1/journal without page and size; "" for all of it. */
export async function journalQuery(): Promise<string> {
  const { type, source, subject, meeting } = chosen;
  const after = chosen.from === 'start' ? '' : chosen.from === 'after' ? chosen.after : await recent();
  return Object.entries({ after, type, source, subject, meeting })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
}

function textInput(value: string): HTMLInputElement {
  const input = el('input', { attrs: { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '500' } });
  input.value = value;
  return input;
}

/** The form; `onAsk` is called when a question was put that can be asked. */
export function journalForm(onAsk: () => void): HTMLFormElement {
  const beginnings = [
    ['recent', t('from_recent')],
    ['start', t('from_start')],
    ['after', t('from_position')],
  ] as const;
  const from = el('select', {}, ...beginnings.map(([value, text]) => option(value, text, chosen.from === value)));
  const inputs = {
    after: textInput(chosen.after),
    type: textInput(chosen.type),
    source: textInput(chosen.source),
    subject: textInput(chosen.subject),
    meeting: textInput(chosen.meeting),
  };
  const types = el(
    'datalist',
    { attrs: { id: 'journal-types' } },
    ...factNames().map(([fact, name]) => el('option', { text: name, attrs: { value: `vn.dongbo.${fact}.` } })),
  );
  inputs.type.setAttribute('list', types.id);
  const afterField = field(t('after'), inputs.after, 'journal-after');
  const form = el(
    'form',
    { class: 'filters', attrs: { id: 'journal-form' } },
    field(t('from'), from, 'journal-from'),
    afterField,
    field(t('type'), inputs.type, 'journal-type'),
    field(t('exact_source'), inputs.source, 'journal-source'),
    field(t('subject_prefix'), inputs.subject, 'journal-subject'),
    field(t('meeting'), inputs.meeting, 'journal-meeting'),
    el('button', { class: 'button--act', text: t('search'), attrs: { type: 'submit' } }),
    types,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    chosen.from = from.value;
    for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) chosen[name] = inputs[name].value.trim();
    const wrong = chosen.from === 'after' && !/^\d+:\d+(,\d+:\d+)*$/.test(chosen.after);
    inputs.after.setCustomValidity(wrong ? t('after_wrong') : '');
    if (wrong) inputs.after.reportValidity();
    else onAsk();
  });
  // A complaint that stays on a hidden control would keep the form from ever being sent.
  const forgive = (): void => inputs.after.setCustomValidity('');
  inputs.after.addEventListener('input', forgive);
  from.addEventListener('change', () => {
    forgive();
    show(afterField, from.value === 'after');
  });
  show(afterField, chosen.from === 'after');
  return form;
}

/** A little before the heads of all shards. */
async function recent(): Promise<Position> {
  try {
    const status = await read<Status>('/v1/status');
    return stepBack(status.shards.map((shard) => `${shard.shard}:${shard.position}`).join(','), kRecent);
  } catch {
    return '';
  }
}
