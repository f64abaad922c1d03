// Dark, light or as the system has it; remembered. The style sheet does the rest from <html data-theme>.

import { setText } from './dom';
import { remember, t } from './i18n';

const kKey = 'dongbo.theme';
const kThemes = ['auto', 'dark', 'light'] as const;
type Theme = typeof kThemes[number];

function current(): Theme {
  const held = remember.get(kKey);
  return kThemes.find((theme) => theme === held) ?? 'auto';
}

/** The theme chosen, unless another is asked for. */
export function applyTheme(theme = current()): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function drawThemeSwitch(button: HTMLElement): void {
  const words = { auto: t('theme_auto'), dark: t('theme_dark'), light: t('theme_light') };
  setText(button, `${t('theme')}: ${words[current()]}`);
}

export function startTheme(button: HTMLElement): void {
  applyTheme();
  drawThemeSwitch(button);
  button.addEventListener('click', () => {
    const next = kThemes[(kThemes.indexOf(current()) + 1) % kThemes.length] ?? 'auto';
    remember.set(kKey, next);
    applyTheme(next);
    drawThemeSwitch(button);
  });
}
