// The layout for a wall that is read from across the room: fewer things, each of them large (src/wall.css). Asked for by
// `?wall=1` or by the button, which also fills the screen; Escape leaves both.

import { setText } from './dom';
import { wordsOf } from './i18n';

const w = wordsOf({
  enter: ['Màn hình lớn', 'Wall'],
  leave: ['Thoát màn hình lớn', 'Leave the wall'],
  hint: ['Chữ lớn, toàn màn hình, đọc được từ xa', 'Large type, full screen, readable from afar'],
});

export function isWall(): boolean {
  return new URL(window.location.href).searchParams.get('wall') === '1';
}

/** Sets the layout that the address asks for. */
export function applyWall(wanted: boolean): void {
  document.documentElement.classList.toggle('wall', wanted);
}

function remember(wanted: boolean): void {
  const url = new URL(window.location.href);
  if (wanted) url.searchParams.set('wall', '1');
  else url.searchParams.delete('wall');
  window.history.replaceState(null, '', url);
}

/** Makes `button` switch the wall; returns what undoes it. */
export function startWallButton(button: HTMLElement): () => void {
  const draw = (): void => {
    setText(button, w(isWall() ? 'leave' : 'enter'));
    button.title = w('hint');
    button.setAttribute('aria-pressed', String(isWall()));
  };
  const change = (wanted: boolean): void => {
    remember(wanted);
    applyWall(wanted);
    draw();
  };
  const onClick = (): void => {
    const wanted = !isWall();
    change(wanted);
    // A browser may refuse to fill the screen; the layout holds without it.
    if (wanted) document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  };
  const onFullscreen = (): void => {
    if (!document.fullscreenElement && isWall()) change(false);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isWall() && !document.fullscreenElement) change(false);
  };
  button.addEventListener('click', onClick);
  document.addEventListener('fullscreenchange', onFullscreen);
  document.addEventListener('keydown', onKey);
  draw();
  return () => {
    button.removeEventListener('click', onClick);
    document.removeEventListener('fullscreenchange', onFullscreen);
    document.removeEventListener('keydown', onKey);
  };
}
