// One question before an action: a modal <dialog> that says what will be done, takes a reason where one is needed, and
// answers once. Escape and "Không" are the same answer. Focus goes back to where it was (the dialog element sees to it).

import { el } from '../../dom';
import { wordsOf } from '../../i18n';

const t = wordsOf({
  no: ['Không làm', 'Do not'],
  reason: ['Lý do (bắt buộc)', 'Reason (required)'],
  reason_hint: ['Lý do được lưu cùng mục này.', 'The reason is kept with this entry.'],
});

export interface Question {
  title: string;
  /** What will happen, one paragraph each. */
  text: string[];
  confirm: string;
  /** Asks for a reason and does not go on without one. */
  reason?: boolean;
}

const kReasonMost = 500;

/** The reason ("" where none was asked for) when confirmed, null when not. */
export function ask(question: Question): Promise<string | null> {
  const title = el('h2', { text: question.title, attrs: { id: 'ask-title' } });
  const text = el('div', { attrs: { id: 'ask-text' } }, ...question.text.map((line) => el('p', { text: line })));
  const reason = el('textarea', { class: 'ask__reason', attrs: { id: 'ask-reason', rows: '3', maxlength: String(kReasonMost) } });
  const no = el('button', { text: t('no'), attrs: { type: 'button', 'data-answer': 'no' } });
  const yes = el('button', { class: 'button--act', text: question.confirm, attrs: { type: 'button', 'data-answer': 'yes' } });
  const dialog = el(
    'dialog',
    { class: 'ask', attrs: { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' } },
    title,
    text,
  );
  if (question.reason) {
    reason.required = true;
    dialog.append(
      el('label', { text: t('reason'), attrs: { for: 'ask-reason' } }),
      reason,
      el('p', { class: 'note', text: t('reason_hint') }),
    );
    yes.disabled = true;
    reason.addEventListener('input', () => {
      yes.disabled = reason.value.trim() === '';
    });
  }
  dialog.append(el('div', { class: 'ask__buttons' }, no, yes));
  document.body.append(dialog);
  dialog.showModal();
  (question.reason ? reason : no).focus();
  return new Promise((resolve) => {
    const finish = (answer: string | null): void => {
      dialog.close();
      dialog.remove();
      resolve(answer); // once: what follows changes nothing
    };
    yes.addEventListener('click', () => finish(reason.value.trim()));
    no.addEventListener('click', () => finish(null));
    dialog.addEventListener('close', () => finish(null)); // Escape
  });
}
