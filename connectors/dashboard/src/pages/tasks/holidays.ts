// The office calendar: days off and worked weekends of the years that schemas/catalogues/holidays.json has a source for.

import holidays from '../../../../../schemas/catalogues/holidays.json';
import { OfficeCalendar } from './workdays';

export const kCalendar = new OfficeCalendar(holidays.years);
