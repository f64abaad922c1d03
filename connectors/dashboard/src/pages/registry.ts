// The pages, in the order of the navigation. The first is shown when the address names none.

import { conference } from './conference';
import { history } from './history';
import type { PageEntry } from './page';

export const kPages: readonly PageEntry[] = [conference, history];
