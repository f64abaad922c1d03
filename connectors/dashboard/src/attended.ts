// Feeds hold connections, and a browser allows six to one server over HTTP/1.1, all tabs together. A page that nobody can
// see gives its own back: at once when it is left (the browser may keep it whole, to go back to), after a while when its
// tab is hidden. Shown again, it reads on from where it was.

import type { Feed } from '@dongbo/feed';

const kHiddenPauseMs = 60_000;

/** Pauses and resumes `feeds`; returns what ends that. */
export function followWhileSeen(...feeds: readonly Feed[]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = (): void => feeds.forEach((feed) => feed.pause());
  const resume = (): void => feeds.forEach((feed) => feed.resume());
  const onVisibility = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(pause, kHiddenPauseMs);
    else resume();
  };
  window.addEventListener('pagehide', pause);
  window.addEventListener('pageshow', resume);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('pagehide', pause);
    window.removeEventListener('pageshow', resume);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
