// The pages, in the order of the navigation. The first is shown when the address names none.

import { admin } from './admin';
import { conference } from './conference';
import { history } from './history';
import { indices } from './indices';
import type { PageEntry } from './page';
import { tasks } from './tasks';

export const kPages: readonly PageEntry[] = [conference, indices, tasks, history, admin];
