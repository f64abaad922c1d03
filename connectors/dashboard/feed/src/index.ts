// @dongbo/feed: follow a Dongbo hub from a browser. See README.md.

export { openFeed, type Feed, type FeedOptions, type FeedState } from './feed';
export { earliestOf, formatPosition, latestOf, parsePosition, reaches, stepBack, type PositionMap } from './position';
export { Rows, type RowsOptions } from './rows';
export { isEvent, type Accepted, type Changed, type EventOf, type EventType, type Reset } from './types';
export * from './contract'; // types only
