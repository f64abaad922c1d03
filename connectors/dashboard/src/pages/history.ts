// The time machine: the conference's figures as of then. Every moment is asked of the hub (as_of, until); nothing is
// recorded here and nothing is computed, so what is shown is what anybody would have been told.
//
// One moment is read at a time; while it is being read the slider may move on, and only its last place is read next.

import './conference.css';
import './history.css';
import { ReadError } from '../api';
import { el, setText, show } from '../dom';
import { formatTime, otherDay, t } from '../i18n';
import { factDetail, factName } from '../labels';
import { emptyModel, looksSimulated, type Model, type Readings } from '../model';
import { clampTo, happenedTrack, instantAt, kPaces, knownTrack, minuteOf, type Mode, type Track } from '../moments';
import { Reading, type When } from '../reading';
import { parsePosition, stepBack } from '@dongbo/feed';
import type { Accepted, Instant, Meeting } from '../types';
import { headerView } from '../views/header';
import { buildBoard, type Board } from './board';
import { buildControls, sign, type Controls } from './history/controls';
import { w } from './history/words';
import { meetingOf, type PageContext, type PageEntry } from './page';

const kTickMs = 600;
const kLookBack = 60;
/** A moment is read whole, and the quarantine has no history. */
const kRead: Readings = {
  attendance: 'held',
  matrix: 'held',
  absent: 'held',
  papers: 'held',
  feedback: 'held',
  readiness: 'held',
  conflicts: 'held',
  latest: 'held',
};

/** One life of the page: from mount to unmount. */
class History {
  private readonly live: Reading;
  private model: Model;
  private board: Board | null = null;
  private controls: Controls | null = null;
  private bounds: { shard: number; first: number; began: Instant; head: string; ended: Instant } | null = null;
  private track: Track | null = null;
  private wanted = 0;
  private shown: number | null = null;
  private busy = false;
  private stale = false;
  private playing: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly context: PageContext,
    private readonly meeting: Meeting,
  ) {
    this.live = new Reading(meeting.meeting);
    this.model = emptyModel(meeting);
    this.model.feed = { kind: 'closed' };
  }

  async start(): Promise<void> {
    this.build();
    setText(this.of().moment, w('reading'));
    window.addEventListener('hashchange', this.followAddress);
    try {
      await this.readBounds();
      if (!this.closed) this.followAddress();
    } catch (error) {
      this.complain(error);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.playing);
    window.removeEventListener('hashchange', this.followAddress);
  }

  /** The same place in the other language. */
  relabel(): void {
    this.build();
    if (this.track) {
      this.drawTrack();
      this.board?.render(this.model, null);
      this.drawMoment();
    }
  }

  private of(): Controls {
    if (this.controls === null) throw new Error('the controls are built first');
    return this.controls;
  }

  private build(): void {
    const header = headerView(this.context.head, { history: true });
    const range = this.controls?.range.value; // kept when the language changes
    this.controls = buildControls();
    if (range !== undefined) this.controls.range.value = range;
    const place = el('div');
    this.board = buildBoard(place, header, ['indexes']);
    this.root.replaceChildren(this.controls.root, place);
    this.listen(this.controls);
    this.board.render(this.model, null);
    this.context.title(`${w('nav')}: ${this.meeting.title ?? this.meeting.meeting}`);
  }

  private listen(controls: Controls): void {
    for (const mode of ['known', 'happened'] as const) {
      controls.modes[mode].addEventListener('change', () => this.useTrack(mode, null));
    }
    controls.range.addEventListener('change', () => this.useTrack('happened', this.wanted));
    controls.slider.addEventListener('input', () => this.goTo(Number(controls.slider.value)));
    controls.play.addEventListener('click', () => (this.playing === undefined ? this.play() : this.pause()));
    const act = (name: string, action: () => void): void => {
      controls.root.querySelector(`[data-act="${name}"]`)?.addEventListener('click', () => {
        this.pause();
        action();
      });
    };
    act('back', () => void this.step(-1));
    act('forward', () => void this.step(1));
    act('now', () => void this.toPresent());
  }

  /** Where the history begins and ends: the meeting's first event, and what the hub knows now. */
  private async readBounds(): Promise<void> {
    const [first, attendance] = await Promise.all([this.live.journalAfter('', 1), this.live.attendance('')]);
    const [shard, sequence] = [...parsePosition(first[0]?.position ?? '')][0] ?? [0, 0];
    this.bounds = {
      shard,
      first: sequence,
      began: first[0]?.event.time ?? '',
      head: attendance.freshness.position,
      ended: attendance.freshness.event_time ?? '',
    };
  }

  private async toPresent(): Promise<void> {
    try {
      await this.readBounds();
      this.useTrack(this.track?.mode ?? 'known', Infinity);
    } catch (error) {
      this.complain(error);
    }
  }

  /** Takes a track up; at `value`, or where the other track stood (the present when there was none). */
  private useTrack(mode: Mode, value: number | null): void {
    const { bounds } = this;
    if (bounds === null) return;
    const before = this.track;
    const day = this.meeting.day;
    const wholeDay = mode === 'happened' && this.of().range.value === 'day' && day;
    const from = wholeDay ? `${day}T06:00:00+07:00` : bounds.began;
    const track =
      mode === 'known'
        ? knownTrack(bounds.shard, bounds.first, bounds.head)
        : happenedTrack(Date.parse(from) < Date.parse(bounds.ended) ? from : bounds.began, bounds.ended);
    this.track = track;
    let place = value ?? track.last;
    if (value === null && before && before.mode !== mode && this.shown !== null) {
      // From a position to the time of its figures; a time has no position of its own, so that way leads to the present.
      const reached = this.model.attendance?.freshness.event_time;
      if (mode === 'happened' && reached) place = minuteOf(reached) + 1;
    }
    this.shown = null;
    this.drawTrack();
    this.goTo(place);
  }

  private drawTrack(): void {
    const { track, controls } = this;
    if (track === null || controls === null) return;
    controls.modes[track.mode].checked = true;
    show(controls.range.parentElement ?? controls.range, track.mode === 'happened');
    this.root.classList.toggle('is-clock', track.mode === 'happened');
    controls.slider.min = String(track.first);
    controls.slider.max = String(track.last);
    const word = track.mode === 'known' ? 'pace_known' : 'pace_happened';
    controls.pace.replaceChildren(
      ...kPaces[track.mode].map((count) => el('option', { text: w(word, { count }), attrs: { value: String(count) } })),
    );
  }

  private goTo(value: number): void {
    const { track } = this;
    if (track === null) return;
    show(this.of().note, false);
    this.wanted = clampTo(track, value === Infinity ? track.last : value);
    const { slider } = this.of();
    slider.value = String(this.wanted);
    this.drawMoment();
    void this.readMoment();
  }

  private async step(direction: 1 | -1): Promise<void> {
    const { track, bounds } = this;
    if (track === null || bounds === null) return;
    if (track.mode === 'happened') return this.goTo(this.wanted + direction);
    // Other meetings may live in the same shard: a step leads to the next event of this one.
    const sequenceOf = (item: Accepted): number => parsePosition(item.position).get(bounds.shard) ?? 0;
    const here = `${bounds.shard}:${this.wanted}`;
    try {
      if (direction > 0) {
        const [next] = await this.live.journalAfter(here, 1);
        return this.goTo(next ? sequenceOf(next) : track.last);
      }
      const before = await this.live.journalAfter(stepBack(here, kLookBack), kLookBack + 1);
      const earlier = before.map(sequenceOf).filter((sequence) => sequence < this.wanted);
      this.goTo(earlier[earlier.length - 1] ?? this.wanted - 1);
    } catch (error) {
      this.complain(error);
    }
  }

  private play(): void {
    const { track } = this;
    if (track === null) return;
    if (this.wanted >= track.last) this.goTo(track.first);
    const tick = (): void => {
      this.playing = setTimeout(tick, kTickMs);
      if (this.busy || this.track === null) return; // the moment before is still being read
      if (this.wanted >= this.track.last) return this.pause();
      this.goTo(this.wanted + Number(this.of().pace.value));
    };
    tick();
    this.drawPlay();
  }

  private pause(): void {
    clearTimeout(this.playing);
    this.playing = undefined;
    this.drawPlay();
  }

  private drawPlay(): void {
    const { play } = this.of();
    const playing = this.playing !== undefined;
    if (play.dataset.playing === String(playing) && play.textContent !== '') return;
    play.dataset.playing = String(playing);
    play.replaceChildren(sign(playing ? 'pause' : 'play'), ` ${w(playing ? 'pause' : 'play')}`);
    if (!playing && this.track) this.context.announce(this.of().moment.textContent ?? '');
  }

  /** Reads the wanted moment; one at a time, the last wanted wins. */
  private async readMoment(): Promise<void> {
    this.stale = true;
    if (this.busy) return;
    this.busy = true;
    while (this.stale && !this.closed && this.track) {
      this.stale = false;
      const value = this.wanted;
      try {
        await this.readInto(this.track.whenAt(value), value);
        this.shown = value;
        this.complain(null);
      } catch (error) {
        this.shown = null;
        this.complain(error);
      }
    }
    this.busy = false;
    if (this.closed) return;
    document.body.dataset.moment = this.shown === null ? '' : String(this.shown);
    this.drawMoment();
    this.rememberAddress();
  }

  private async readInto(when: When, value: number): Promise<void> {
    const reading = new Reading(this.meeting.meeting, when);
    const known = this.track?.mode === 'known';
    const here = `${this.bounds?.shard ?? 0}:${value}`;
    const [meeting, points, attendance, matrix, absent, papers, feedback, readiness, latest] = await Promise.all([
      reading.meeting(''),
      reading.points(''),
      reading.attendance(''),
      reading.matrix(''),
      reading.absent(''),
      reading.papers(''),
      reading.feedback(''),
      reading.readiness(''),
      known ? reading.journalAfter(stepBack(here, kLookBack), kLookBack + 1) : [],
    ]);
    const shard = this.bounds?.shard ?? 0;
    this.model = {
      ...this.model,
      readings: kRead,
      meeting,
      points: points.items,
      attendance,
      matrix,
      absent,
      papers: papers.items,
      feedback: feedback.items,
      readiness: readiness.items,
      latest: latest.filter((item) => (parsePosition(item.position).get(shard) ?? Infinity) <= value).reverse(),
    };
    this.model.simulated = looksSimulated(this.model);
    if (!this.closed) this.board?.render(this.model, null);
  }

  private complain(error: unknown): void {
    if (this.closed) return;
    const { trouble } = this.of();
    const isUnknown = error instanceof ReadError && error.status === 404;
    const detail = error instanceof Error ? error.message : String(error);
    setText(trouble, error === null ? '' : isUnknown ? w('not_yet') : w('failed', { detail }));
    show(trouble, error !== null);
    // Figures of another moment must not stand under this one.
    this.root.classList.toggle('is-unread', error !== null);
    if (error !== null && !isUnknown) this.pause();
  }

  /** Where the slider stands, in words. */
  private drawMoment(): void {
    const { track, controls, bounds } = this;
    if (track === null || controls === null || bounds === null) return;
    const position = `${bounds.shard}:${this.wanted}`;
    let said: string;
    let event = '';
    if (track.mode === 'known') {
      said = w('at_known', { position });
      const item = this.model.latest.find((candidate) => candidate.position === position) as
        | (Accepted & { recorded_at?: Instant })
        | undefined;
      if (item) {
        const detail = factDetail(item.event);
        event = w('event', {
          fact: [factName(item.event.type), detail].filter(Boolean).join(', '),
          time: withDay(item.event.time, this.meeting.day),
          recorded: withDay(item.recorded_at, this.meeting.day),
        });
      } else if (this.shown === this.wanted) {
        event = w('foreign');
      }
    } else {
      const instant = instantAt(this.wanted);
      const [year, month, day] = instant.slice(0, 10).split('-').map(Number);
      said = w('at_happened', { time: formatTime(instant, false), day: `${day}/${month}/${String(year)}` });
    }
    setText(controls.moment, said);
    setText(controls.event, event);
    controls.slider.setAttribute('aria-valuetext', said);
    this.drawPlay();
  }

  // The address carries the moment, so that it can be passed on: #/dong-thoi-gian?as_of=0:2033 or ?until=…

  private readonly followAddress = (): void => {
    const { bounds } = this;
    if (bounds === null) return;
    const query = addressQuery();
    const until = query.get('until')?.replace(' ', '+'); // a plus that nobody wrote as %2B
    const asked = until ?? query.get('as_of');
    const mode = until === undefined ? 'known' : 'happened';
    const value = until === undefined ? parsePosition(asked).get(bounds.shard) : minuteOf(until);
    const isMoment = value !== undefined && Number.isFinite(value);
    this.pause();
    this.useTrack(mode, isMoment ? value : Infinity);
    if (isMoment && this.wanted !== value && mode === 'happened') {
      this.of().range.value = 'all'; // it may be before the day of the meeting
      this.useTrack(mode, value);
    }
    const { note, moment } = this.of();
    if (asked === null || value === this.wanted) return;
    setText(note, w('no_such', { asked, shown: moment.textContent ?? '' }));
    show(note, true);
  };

  private rememberAddress(): void {
    if (this.track === null || this.bounds === null) return;
    const query =
      this.track.mode === 'known' ? `as_of=${this.bounds.shard}:${this.wanted}` : `until=${encodeURIComponent(instantAt(this.wanted))}`;
    window.history.replaceState(null, '', `#/${history.slug}?${query}`);
  }
}

function addressQuery(): URLSearchParams {
  return new URLSearchParams(/\?(.*)$/.exec(window.location.hash)?.[1] ?? '');
}

function withDay(instant: Instant | undefined, day: string | undefined): string {
  const apart = otherDay(instant, day);
  return [formatTime(instant), apart ? t('on_day', { day: apart }) : ''].filter(Boolean).join(' ');
}

let mounted: History | null = null;

export const history: PageEntry = {
  slug: 'dong-thoi-gian',
  name: () => w('nav'),
  needsMeeting: true,
  page: {
    mount(root, context): void {
      mounted = new History(root, context, meetingOf(context));
      void mounted.start();
    },
    unmount(): void {
      mounted?.close();
      mounted = null;
      delete document.body.dataset.moment;
    },
    relabel(): void {
      mounted?.relabel();
    },
  },
};
